import { crc16 } from './crc16.ts'
import type { StreamFacts } from './info-frame.ts'
import type { MpegFrame } from './mpeg-frame.ts'
import { createSeekPoints } from './seek-points.ts'
import type { FrameRun } from './walk-frames.ts'

export type MeasuredStream = Omit<StreamFacts, 'gapless'> &
  Readonly<{
    first: MpegFrame
    /** Of one channel. */
    samples: number
    /** Whether all frames have the sample rate and the channels of the first. */
    isUniform: boolean
    framesByKbps: ReadonlyMap<number, number>
  }>

/** Walks a stream once for what its Info frame has to say. Undefined when there are no frames. */
export async function measureStream(
  runs: AsyncIterable<Pick<FrameRun, 'bytes' | 'frames'>>,
): Promise<MeasuredStream | undefined> {
  const seekPoints = createSeekPoints()
  const framesByKbps = new Map<number, number>()
  const total = { frames: 0, bytes: 0, samples: 0, crc: 0, isUniform: true }
  let start: { first: MpegFrame; header: Buffer } | undefined
  for await (const run of runs) {
    for (const frame of run.frames) {
      start ??= { first: frame, header: Buffer.from(run.bytes.subarray(0, 4)) }
      seekPoints.add(total.bytes)
      framesByKbps.set(frame.bitrateKbps, (framesByKbps.get(frame.bitrateKbps) ?? 0) + 1)
      total.bytes += frame.bytes
      total.samples += frame.samples
      total.isUniform &&= frame.sampleRateHz === start.first.sampleRateHz && frame.channels === start.first.channels
    }
    total.frames += run.frames.length
    total.crc = crc16(run.bytes, total.crc)
  }
  return start && { ...total, ...start, isCbr: framesByKbps.size === 1, framesByKbps, seekPoints }
}
