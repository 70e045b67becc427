import { rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

/** Looked up before a bench opens a station, which has it point into its home. */
const temporary = os.tmpdir()

/** Lets a run that is ended by a signal leave through `exit`, where what it has begun is cleared away. */
export function leaveOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
}

/** Runs the work; `end` is called if the process ends meanwhile, and has no time to wait for anything. */
export async function endingWith<T>(end: () => void, work: () => Promise<T>): Promise<T> {
  process.prependOnceListener('exit', end)
  try {
    return await work()
  } finally {
    process.off('exit', end)
  }
}

/** Works in a temporary folder that is deleted afterwards, or when the process ends meanwhile. */
export async function withFolder<T>(prefix: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(temporary, prefix))
  const options = { recursive: true, force: true }
  try {
    return await endingWith(
      () => rmSync(folder, options),
      () => work(folder),
    )
  } finally {
    await rm(folder, options)
  }
}
