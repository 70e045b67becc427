import { fromDb } from '../loudness/decibels.ts'
import type { Level } from '../loudness/level.ts'
import { limiterGains } from '../loudness/limiter.ts'
import { slotSamples } from './grid.ts'
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
      const samples = await reader.read(at, stop)
      const gains = gainsOf(peaks, at / slotSamples, level)
      const rendered = gains ? bend(samples, pcm.channels, gain, gains) : scale(samples, gain)
      yield Buffer.from(rendered.buffer, Math.max(0, start - at) * pcm.channels * rendered.BYTES_PER_ELEMENT)
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

function scale(samples: Float32Array, gain: number): Float32Array<ArrayBuffer> {
  const rendered = new Float32Array(samples.length)
  for (let i = 0; i < samples.length; i++) rendered[i] = (samples[i] as number) * gain
  return rendered
}

/** The gain goes in straight lines from the middle of a slot to the middle of the next. */
function bend(samples: Float32Array, channels: number, gain: number, gains: Float32Array): Float32Array<ArrayBuffer> {
  const rendered = new Float32Array(samples.length)
  const slotLength = slotSamples * channels
  for (let line = 0, middle = -slotLength / 2; middle < samples.length; line++, middle += slotLength) {
    const rise = (gain * ((gains[line + 1] as number) - (gains[line] as number))) / slotSamples
    const start = Math.max(0, middle)
    const end = Math.min(samples.length, middle + slotLength)
    let factor = gain * (gains[line] as number) + (rise * (start - middle)) / channels
    for (let at = start; at < end; at += channels) {
      for (let i = at; i < at + channels; i++) rendered[i] = (samples[i] as number) * factor
      factor += rise
    }
  }
  return rendered
}
