import { sampleRateHz } from '../pcm/grid.ts'

/** Two second-order sections in a row: y = b·x − a·y, with a0 = 1. */
type Section = Readonly<{ b0: number; b1: number; b2: number; a1: number; a2: number }>

/**
 * The K-weighting of ITU-R BS.1770-4 annex 1: a shelf for the head and a high pass, given there for 48 kHz and made for our rate
 * from the same analogue filters.
 */
const shelf = highShelf({ hz: 1681.974450955533, gainDb: 3.999843853973347, q: 0.7071752369554196 })
const pass = highPass({ hz: 38.13547087602444, q: 0.5003270373238773 })

function highShelf({ hz, gainDb, q }: Readonly<{ hz: number; gainDb: number; q: number }>): Section {
  const k = Math.tan((Math.PI * hz) / sampleRateHz)
  const high = 10 ** (gainDb / 20)
  const band = high ** 0.4996667741545416
  const a0 = 1 + k / q + k * k
  return {
    b0: (high + (band * k) / q + k * k) / a0,
    b1: (2 * (k * k - high)) / a0,
    b2: (high - (band * k) / q + k * k) / a0,
    a1: (2 * (k * k - 1)) / a0,
    a2: (1 - k / q + k * k) / a0,
  }
}

/** Its numerator is 1, −2, 1 as the standard has it, without the correction by a0. */
function highPass({ hz, q }: Readonly<{ hz: number; q: number }>): Section {
  const k = Math.tan((Math.PI * hz) / sampleRateHz)
  const a0 = 1 + k / q + k * k
  return { b0: 1, b1: -2, b2: 1, a1: (2 * (k * k - 1)) / a0, a2: (1 - k / q + k * k) / a0 }
}

/** One channel's filter, with what it remembers. */
export type KWeighting = { s1: number; s2: number; t1: number; t2: number }

export const createKWeighting = (): KWeighting => ({ s1: 0, s2: 0, t1: 0, t2: 0 })

/** So long the filter remembers: longer than its high pass rings. */
export const settlingSamples = 8820

/** What is found in a run of one channel's samples. */
export type Scan = {
  /** The sum of the squares of the K-weighted samples. */
  squares: number
  /** Of the samples themselves; 0 lies between them. */
  low: number
  high: number
}

/**
 * Weighs one channel of interleaved samples, each `step` after the one before, and finds its extremes on the way: one loop, because it
 * runs over every sample there is.
 */
export function scan(
  filter: KWeighting,
  samples: Float32Array,
  { start, end, step }: Readonly<{ start: number; end: number; step: number }>,
  found: Scan,
): void {
  const { b0, b1, b2, a1, a2 } = shelf
  const { a1: c1, a2: c2 } = pass
  let { s1, s2, t1, t2 } = filter
  let sum = 0
  let low = 0
  let high = 0
  for (let i = start; i < end; i += step) {
    const x = samples[i] as number
    const y = b0 * x + s1
    s1 = b1 * x - a1 * y + s2
    s2 = b2 * x - a2 * y
    const z = y + t1
    t1 = -2 * y - c1 * z + t2
    t2 = y - c2 * z
    sum += z * z
    if (x > high) high = x
    else if (x < low) low = x
  }
  // In long silence the filter's memory would shrink into numbers that processors are slow with.
  filter.s1 = settled(s1)
  filter.s2 = settled(s2)
  filter.t1 = settled(t1)
  filter.t2 = settled(t2)
  found.squares = sum
  found.low = low
  found.high = high
}

const settled = (value: number) => (Math.abs(value) < 1e-30 ? 0 : value)
