import { fromDb } from './loudness/decibels.ts'

const mostPoints = 1800

/**
 * A picture of the whole audio: lowest and highest in turn, -128 to 127, of at most 1,800 equal parts of it, at the level at which it
 * is published. `parts` are those of `PieceFacts`.
 */
export function drawWaveform(parts: Float32Array, gainDb: number): number[] {
  const available = parts.length / 2
  const points = Math.min(mostPoints, available)
  const gain = fromDb(gainDb) * 128
  return Array.from({ length: points }, (_, point) => {
    let low = 0
    let high = 0
    const end = Math.ceil(((point + 1) * available) / points)
    for (let part = Math.floor((point * available) / points); part < end; part++) {
      low = Math.min(low, parts[2 * part] as number)
      high = Math.max(high, parts[2 * part + 1] as number)
    }
    return [Math.max(-128, Math.round(low * gain)), Math.min(127, Math.round(high * gain))]
  }).flat()
}
