import { fromDb } from './decibels.ts'
import { decodePeakDb, encodePeak } from './peak-code.ts'

/** Slots on either side over which a reduction is averaged: 13 ms before a peak and 13 ms after it. */
const bend = 6
/** One more, because between the middles of two slots the gain goes from one to the other. */
const hold = bend + 1

/** Gains depend on no slot further away. */
export const limiterReach = bend + hold

export type Limit = Readonly<{
  gainDb: number
  /** dBTP, after the gain. */
  ceilingDbtp: number
}>

/**
 * The gain of a look-ahead limiter for each slot from `first` up to `last`; undefined where nothing is taken. What a peak needs is
 * held over its neighbours and then averaged, so that the gain bends and never jumps. It depends on no slot further away than
 * 30 ms, so that pieces need not know of each other. `peaks` are the coded ones of the recording, before the gain.
 */
export function limiterGains(peaks: Uint16Array, first: number, last: number, limit: Limit): Float32Array | undefined {
  const threshold = encodePeak(limit.ceilingDbtp - limit.gainDb)
  if (!reaches(peaks, first - limiterReach, last + limiterReach, threshold)) return undefined
  const held = heldGains(peaks, first - bend, last + bend, threshold)
  const gains = new Float32Array(last - first)
  for (let slot = 0; slot < gains.length; slot++) {
    let sum = 0
    for (let at = slot; at <= slot + 2 * bend; at++) sum += held[at] as number
    gains[slot] = sum / (2 * bend + 1)
  }
  return gains
}

/** Whether a slot from `first` up to `last` is above the threshold. */
function reaches(peaks: Uint16Array, first: number, last: number, threshold: number): boolean {
  const end = Math.min(last, peaks.length)
  for (let slot = Math.max(0, first); slot < end; slot++) if ((peaks[slot] as number) > threshold) return true
  return false
}

/** The smallest gain that a slot or its neighbours need. */
function heldGains(peaks: Uint16Array, first: number, last: number, threshold: number): Float32Array {
  const held = new Float32Array(last - first).fill(1)
  const end = Math.min(peaks.length, last + hold)
  for (let at = Math.max(0, first - hold); at < end; at++) {
    const peak = peaks[at] as number
    if (peak <= threshold) continue
    const gain = fromDb(decodePeakDb(threshold) - decodePeakDb(peak))
    const stop = Math.min(held.length, at + hold + 1 - first)
    for (let slot = Math.max(0, at - hold - first); slot < stop; slot++) {
      if (gain < (held[slot] as number)) held[slot] = gain
    }
  }
  return held
}
