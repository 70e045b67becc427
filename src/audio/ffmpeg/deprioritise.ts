import type { ChildProcess } from 'node:child_process'
import { setPriority } from 'node:os'

const usualNiceness = 10

/** Has a program, and what it starts from now on, stand back behind all that listeners wait for. */
export function deprioritise(child: ChildProcess | undefined, niceness = usualNiceness): void {
  if (child?.pid === undefined) return
  try {
    setPriority(child.pid, niceness)
  } catch {
    // It ended already.
  }
}
