import { fromDb } from './decibels.ts'
import { slotSamples } from './grid.ts'
import type { Level } from './level.ts'
import { limiterGains } from './limiter.ts'
import { openPcm, type Pcm } from './pcm.ts'

const slotsAtOnce = 400

/** Peaks of the recording by slot, as `peak-code` writes them, from that slot on; at least `limiterReach` more than is rendered. */
export type SlotPeaks = Readonly<{ codes: Uint16Array; firstSlot: number }>

type Options = Readonly<{
  level: Level
  peaks: SlotPeaks
  /** What the encoder takes away by itself, dB. */
  encoderGainDb: number
}>

/**
 * The samples from `start` up to `end` at their final level, as interleaved 32-bit floats, at most 300 KB at a time.
 */
export async function* renderPcm(
  pcm: Pcm,
  start: number,
  end: number,
  { level, peaks, encoderGainDb }: Options,
): AsyncGenerator<Buffer> {
  const reader = await openPcm(pcm)
  const gain = fromDb(level.gainDb - encoderGainDb)
  try {
    for (let at = start - (start % slotSamples); at < end; at += slotsAtOnce * slotSamples) {
      const stop = Math.min(end, at + slotsAtOnce * slotSamples)
      const planes = await reader.read(at, stop)
      const output = new Float32Array((stop - at) * planes.length)
      const gains = gainsOf(peaks, at / slotSamples, level)
      for (const [channel, plane] of planes.entries()) {
        if (gains) bend(output, plane, { channel, channels: planes.length, gain, gains })
        else scale(output, plane, { channel, channels: planes.length, gain })
      }
      yield Buffer.from(output.buffer, Math.max(0, start - at) * planes.length * output.BYTES_PER_ELEMENT)
    }
  } finally {
    await reader.close()
  }
}

/** Of each slot of a chunk, and of one more on either side. */
function gainsOf(
  { codes, firstSlot }: SlotPeaks,
  slot: number,
  { gainDb, ceilingDbtp }: Level,
): Float32Array | undefined {
  if (ceilingDbtp === undefined) return undefined
  const first = slot - firstSlot
  return limiterGains(codes, first - 1, first + slotsAtOnce + 1, { gainDb, ceilingDbtp })
}

type Target = Readonly<{ channel: number; channels: number; gain: number }>

function scale(output: Float32Array, plane: Float32Array, { channel, channels, gain }: Target): void {
  for (let i = 0, to = channel; i < plane.length; i++, to += channels) output[to] = (plane[i] as number) * gain
}

/** The gain goes in straight lines from the middle of a slot to the middle of the next. */
function bend(
  output: Float32Array,
  plane: Float32Array,
  { channel, channels, gain, gains }: Target & Readonly<{ gains: Float32Array }>,
): void {
  const middle = slotSamples / 2
  for (let i = 0, to = channel; i < plane.length; i++, to += channels) {
    const position = (i + middle) / slotSamples
    const slot = Math.floor(position)
    const before = gains[slot] as number
    const after = gains[slot + 1] as number
    output[to] = (plane[i] as number) * gain * (before + (after - before) * (position - slot))
  }
}
