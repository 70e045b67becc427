import { open } from 'node:fs/promises'
import { type ContentHashes, hashContent } from '../content-hashes.ts'
import type { FrameRun } from './walk-frames.ts'

export type WrittenMp3 = ContentHashes &
  Readonly<{
    bytes: number
    /** Bytes before the first frame, the Info frame. */
    headerBytes: number
    /** Without the Info frame. */
    frames: number
    /** To the sample, as a gapless player plays it. */
    durationSeconds: number
  }>

type Parts = Readonly<{ head: Buffer; infoFrame: Buffer; runs: AsyncIterable<Pick<FrameRun, 'bytes'>> }>

/** Writes tag area, Info frame and frames. May leave a part of the target when it throws. */
export async function writeMp3(
  target: string,
  { head, infoFrame, runs }: Parts,
): Promise<Omit<WrittenMp3, 'frames' | 'durationSeconds'>> {
  const hashes = hashContent()
  const file = await open(target, 'w')
  let bytes = 0
  const write = async (part: Buffer) => {
    hashes.update(part)
    await file.writeFile(part)
    bytes += part.length
  }
  try {
    await write(head)
    await write(infoFrame)
    for await (const run of runs) await write(run.bytes)
  } finally {
    await file.close()
  }
  return { bytes, headerBytes: head.length, ...hashes.digest() }
}
