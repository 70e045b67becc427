import { blockSamples, slotSamples } from '../pcm/grid.ts'
import { fromDb } from './decibels.ts'
import { type Limit, limiterGains } from './limiter.ts'
import { integratedLufs } from './loudness.ts'
import type { Measured } from './measure.ts'
import { decodePeakDb } from './peak-code.ts'

/** How a recording is brought to its loudness: one gain for all of it, and a limiter for the few peaks above the ceiling. */
export type Level = Readonly<{
  gainDb: number
  /** The highest true peak that is let through, dBTP; undefined: nothing is limited. */
  ceilingDbtp: number | undefined
  /** The most that the limiter takes from a peak, dB. */
  limitedDb: number
  /** By how much the result stays below the target, LU. */
  shortfallLu: number
}>

export const asItIs: Level = { gainDb: 0, ceilingDbtp: undefined, limitedDb: 0, shortfallLu: 0 }

/** More is heard as pumping. */
const mostLimitedDb = 8
const closeEnoughLu = 0.02
const mostSteps = 8
const slotsInBlock = blockSamples / slotSamples

/**
 * The gain that brings a recording to a loudness. Where peaks would pass the ceiling by more than the limiter may take, the gain
 * is smaller and `shortfallLu` says by how much the target is missed. Silence stays as it is.
 */
export function planLevel(
  measured: Measured,
  { targetLufs, ceilingDbtp }: Readonly<{ targetLufs: number; ceilingDbtp: number }>,
): Level {
  if (!Number.isFinite(measured.lufs)) return asItIs
  const mostGainDb = ceilingDbtp + mostLimitedDb - measured.peakDbtp
  let gainDb = Math.min(targetLufs - measured.lufs, mostGainDb)
  let lufs = measured.lufs + gainDb
  for (let step = 0; step < mostSteps; step++) {
    lufs = measured.lufs + gainDb + limiterEffectLu(measured, { gainDb, ceilingDbtp })
    if (targetLufs - lufs < closeEnoughLu || gainDb === mostGainDb) break
    gainDb = Math.min(gainDb + targetLufs - lufs, mostGainDb)
  }
  return {
    gainDb,
    ceilingDbtp,
    limitedDb: Math.max(0, measured.peakDbtp + gainDb - ceilingDbtp),
    shortfallLu: Math.max(0, targetLufs - lufs),
  }
}

/** What the limiter does to the integrated loudness: each block loses as its slots do, weighed by their peaks. */
function limiterEffectLu({ energies, peaks, lufs, peakDbtp }: Measured, limit: Limit): number {
  if (peakDbtp + limit.gainDb <= limit.ceilingDbtp) return 0
  const limited = energies.slice()
  for (let block = 0; block < energies.length; block++) {
    const first = block * slotsInBlock
    const gains = limiterGains(peaks, first, first + slotsInBlock, limit)
    if (gains) limited[block] = (energies[block] as number) * energyLeft(peaks.subarray(first), gains)
  }
  const limitedLufs = integratedLufs(limited)
  // So quiet that the rest is below the gate: nothing can be said, so nothing is.
  return Number.isFinite(limitedLufs) ? limitedLufs - lufs : 0
}

/** The share of the energy that the gains leave. */
function energyLeft(peaks: Uint16Array, gains: Float32Array): number {
  let before = 0
  let after = 0
  for (const [slot, gain] of gains.entries()) {
    const energy = fromDb(decodePeakDb(peaks[slot] ?? 0)) ** 2
    before += energy
    after += energy * gain ** 2
  }
  return before > 0 ? after / before : 1
}
