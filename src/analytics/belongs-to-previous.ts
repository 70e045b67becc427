import { isOpen, type ListeningWindow, type WindowRule } from './window.ts'

/**
 * Whether a hit that carries the key of before (`previousListenerOf`) belongs to the windows of that listener: while one is
 * open there and none under the new key, so that a change of keys breaks no window.
 */
export function belongsToPrevious(
  own: readonly ListeningWindow[],
  previous: readonly ListeningWindow[],
  at: number,
  rule: WindowRule,
): boolean {
  const [mine, theirs] = [own.at(-1), previous.at(-1)]
  return theirs !== undefined && isOpen(theirs, at, rule) && !(mine && isOpen(mine, at, rule))
}
