import type { Hit } from '../core/events.ts'
import type { ListeningWindow } from './window.ts'

/**
 * Whether a hit came too late to be folded in, so that the windows of that listener and episode must be made anew from the log:
 * it is older than what was folded in already. Not late is one that falls into the newest window after that one was counted:
 * it adds its bytes, and whether the window counts does not depend on their order.
 */
export function isLate(windows: readonly ListeningWindow[], { at }: Pick<Hit, 'at'>): boolean {
  const last = windows.at(-1)
  if (!last || at >= last.lastAt) return false
  return last.countedAt === null || at < last.countedAt
}
