const oversampling = 4
const half = 8

/** How far beside a sample its neighbours are needed. */
export const truePeakMargin = half + 1

/** For each quarter between two samples: the weights of the eight samples on either side (ITU-R BS.1770-4 annex 2, a windowed sinc). */
const phases = Array.from({ length: oversampling - 1 }, (_, index) => weights((index + 1) / oversampling))

function weights(fraction: number): Float64Array {
  const taps = Float64Array.from({ length: 2 * half }, (_, tap) => {
    const distance = tap - (half - 1) - fraction
    const window = Math.cos((Math.PI * distance) / (2 * half + 1)) ** 2
    return (window * Math.sin(Math.PI * distance)) / (Math.PI * distance)
  })
  const sum = taps.reduce((total, tap) => total + tap, 0)
  return taps.map((tap) => tap / sum)
}

/** A run of one channel in interleaved samples: positions in the array. */
export type Channel = Readonly<{ start: number; end: number; step: number }>

/**
 * The highest level between the samples of a channel, as a converter would make it: full scale is 1. Looked for beside the crests, on
 * the side of the higher neighbour; at least `floor`, which is the highest sample. The array must reach `truePeakMargin` samples
 * further on both sides.
 */
export function truePeak(samples: Float32Array, { start, end, step }: Channel, floor: number): number {
  let peak = floor
  const crest = floor * crestShare
  for (let i = start; i < end; i += step) {
    const level = Math.abs(samples[i] as number)
    if (level < crest) continue
    const before = Math.abs(samples[i - step] as number)
    const after = Math.abs(samples[i + step] as number)
    if (level < before || level < after) continue
    peak = Math.max(peak, between(samples, before > after ? i - step : i, step))
  }
  return peak
}

/** Two samples on the shoulders of a crest between them are no lower than this share of it, but for noise at the very top. */
const crestShare = 0.7

function between(samples: Float32Array, index: number, step: number): number {
  let peak = 0
  for (const taps of phases) {
    let sum = 0
    for (let tap = 0, at = index - (half - 1) * step; tap < 2 * half; tap++, at += step) {
      sum += (taps[tap] as number) * (samples[at] as number)
    }
    peak = Math.max(peak, Math.abs(sum))
  }
  return peak
}
