import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'

/** Where work in progress and temporary files of a home live. */
export const scratchRoot = (home: string): string => path.join(home, 'tmp')

/** Runs the work with a folder of its own, which is gone afterwards, whatever happened. */
export async function withScratch<T>(home: string, work: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(scratchRoot(home), { recursive: true })
  const folder = await mkdtemp(path.join(scratchRoot(home), 'upload-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Deletes what a process that was killed left there before that instant (epoch ms). */
export async function sweepScratch(home: string, before: number): Promise<void> {
  for (const name of await readdir(scratchRoot(home)).catch(() => [])) {
    const entry = path.join(scratchRoot(home), name)
    const modifiedAt = await stat(entry).then(
      (stats) => stats.mtimeMs,
      () => Number.POSITIVE_INFINITY,
    )
    if (modifiedAt < before) await rm(entry, { recursive: true, force: true })
  }
}
