import { isOpen, type ListeningWindow, type WindowRule } from './window.ts'

/**
 * After the key of the addresses was changed, the window that a listener has open under the previous key goes on under the new
 * one: both lists as they are for a hit at that instant. The same lists are given back when there is nothing to hand over.
 */
export function inheritWindow(
  own: readonly ListeningWindow[],
  previous: readonly ListeningWindow[],
  at: number,
  rule: WindowRule,
): { own: readonly ListeningWindow[]; previous: readonly ListeningWindow[] } {
  const [mine, theirs] = [own.at(-1), previous.at(-1)]
  if (!theirs || !isOpen(theirs, at, rule) || (mine && isOpen(mine, at, rule))) return { own, previous }
  return { own: [...own, theirs], previous: previous.slice(0, -1) }
}
