import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { FrameRun } from './walk-frames.ts'

export type WrittenMp3 = Readonly<{
  bytes: number
  /** Bytes before the first frame, the Info frame. */
  headerBytes: number
  /** Hex. */
  sha256: string
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
): Promise<Pick<WrittenMp3, 'bytes' | 'headerBytes' | 'sha256'>> {
  const hash = createHash('sha256')
  const file = await open(target, 'w')
  let bytes = 0
  const write = async (part: Buffer) => {
    hash.update(part)
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
  return { bytes, headerBytes: head.length, sha256: hash.digest('hex') }
}
