import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import path from 'node:path'

/** Works with a folder inside `folder` that is gone afterwards. */
export async function inWorkshop<T>(folder: string, work: (workshop: string) => Promise<T>): Promise<T> {
  const workshop = await mkdtemp(path.join(folder, 'workshop-'))
  try {
    return await work(workshop)
  } finally {
    await rm(workshop, { recursive: true })
  }
}

/** As `Promise.all`, with as many at a time as there are cores, eight at most. */
export async function eachOf<T, R>(items: readonly T[], work: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  const queue = items.entries()
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await work(item, index)
  }
  await Promise.all(Array.from({ length: Math.min(8, availableParallelism()) }, worker))
  return results
}
