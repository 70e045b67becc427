import { crc16 } from './crc16.ts'
import type { StreamFacts } from './info-frame.ts'
import { createSeekPoints } from './seek-points.ts'
import type { FrameRun } from './walk-frames.ts'

export type MeasuredStream = Omit<StreamFacts, 'gapless'> & Readonly<{ samples: number; sampleRateHz: number }>

/** Walks a stream once for what its Info frame has to say. Throws when there are no frames. */
export async function measureStream(runs: AsyncIterable<Pick<FrameRun, 'bytes' | 'frames'>>): Promise<MeasuredStream> {
  const seekPoints = createSeekPoints()
  const total = { frames: 0, bytes: 0, samples: 0, crc: 0 }
  const bitrates = new Set<number>()
  let first: { header: Buffer; sampleRateHz: number } | undefined
  for await (const run of runs) {
    for (const { bytes, samples, bitrateKbps, sampleRateHz } of run.frames) {
      first ??= { header: Buffer.from(run.bytes.subarray(0, 4)), sampleRateHz }
      seekPoints.add(total.bytes)
      bitrates.add(bitrateKbps)
      total.bytes += bytes
      total.samples += samples
    }
    total.frames += run.frames.length
    total.crc = crc16(run.bytes, total.crc)
  }
  if (!first) throw new Error('There are no layer III frames')
  return { ...total, ...first, isCbr: bitrates.size === 1, seekPoints }
}
