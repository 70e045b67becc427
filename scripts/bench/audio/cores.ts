import { execFile } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { promisify } from 'node:util'

/** One, two and all, as far as this machine has them. */
export const coreCounts = (): number[] =>
  [...new Set([1, 2, availableParallelism()])].filter((count) => count <= availableParallelism()).sort((a, b) => a - b)

/**
 * Keeps a process, and every child that it will have, on the first so many cores (taskset, util-linux). False when it cannot:
 * then only ENCODE_THREADS holds it back.
 */
export async function pinToCores(pid: number, count: number): Promise<boolean> {
  if (count >= availableParallelism()) return true
  const list = `0-${count - 1}`
  return promisify(execFile)('taskset', ['-a', '-c', '-p', list, String(pid)]).then(
    () => true,
    () => false,
  )
}
