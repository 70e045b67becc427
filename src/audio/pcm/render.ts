import { closeSync, openSync, writeSync } from 'node:fs'
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
 * Writes the samples from `start` up to `end` at their final level into a new file, as interleaved 32-bit floats.
 */
export function renderPcm(
  pcm: Pcm,
  { start, end }: Readonly<{ start: number; end: number }>,
  target: string,
  { level, peaks, encoderGainDb }: Options,
): void {
  const reader = openPcm(pcm)
  const gain = fromDb(level.gainDb - encoderGainDb)
  const file = openSync(target, 'w')
  try {
    for (let at = start - (start % slotSamples); at < end; at += slotsAtOnce * slotSamples) {
      const stop = Math.min(end, at + slotsAtOnce * slotSamples)
      const samples = reader.read(at, stop)
      const gains = gainsOf(peaks, at / slotSamples, level)
      if (gains) bend(samples, pcm.channels, gain, gains)
      else scale(samples, gain)
      writeAll(file, samples.subarray(Math.max(0, start - at) * pcm.channels))
    }
  } finally {
    reader.close()
    closeSync(file)
  }
}

function writeAll(file: number, samples: Float32Array): void {
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written)
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

function scale(samples: Float32Array, gain: number): void {
  for (let i = 0; i < samples.length; i++) (samples[i] as number) *= gain
}

/** The gain goes in straight lines from the middle of a slot to the middle of the next. */
function bend(samples: Float32Array, channels: number, gain: number, gains: Float32Array): void {
  const slotLength = slotSamples * channels
  for (let line = 0, middle = -slotLength / 2; middle < samples.length; line++, middle += slotLength) {
    const rise = (gain * ((gains[line + 1] as number) - (gains[line] as number))) / slotSamples
    const start = Math.max(0, middle)
    const end = Math.min(samples.length, middle + slotLength)
    let factor = gain * (gains[line] as number) + (rise * (start - middle)) / channels
    for (let at = start; at < end; at += channels) {
      for (let i = at; i < at + channels; i++) (samples[i] as number) *= factor
      factor += rise
    }
  }
}
