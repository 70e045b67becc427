import fc from 'fast-check'
import t from 'tap'
import { fromDb, toDb } from '../../../src/audio/loudness/decibels.ts'
import { limiterGains } from '../../../src/audio/loudness/limiter.ts'
import { decodePeakDb, encodePeak } from '../../../src/audio/loudness/peak-code.ts'

const peaksOf = (decibels: readonly number[]) => Uint16Array.from(decibels, encodePeak)
const limit = { gainDb: 6, ceilingDbtp: -2 }
const someDecibels = fc.array(fc.double({ min: -60, max: 3, noNaN: true }), { minLength: 1, maxLength: 200 })

t.test('no slot passes the ceiling, wherever between the middles of its neighbours one listens', async () => {
  fc.assert(
    fc.property(someDecibels, (decibels) => {
      const peaks = peaksOf(decibels)
      const gains = limiterGains(peaks, -1, peaks.length + 1, limit)
      if (!gains) return decibels.every((db) => db + limit.gainDb <= limit.ceilingDbtp + 0.011)
      return decibels.every((_, slot) => {
        const [before, here, after] = [gains[slot], gains[slot + 1], gains[slot + 2]] as [number, number, number]
        const most = Math.max(here, (before + here) / 2, (here + after) / 2)
        return decodePeakDb(peaks[slot] as number) + limit.gainDb + toDb(most) <= limit.ceilingDbtp + 1e-3
      })
    }),
  )
})

t.test('nothing is taken further than 30 ms from a peak that is too high', async (t) => {
  const decibels = Array.from({ length: 200 }, (_, slot) => (slot === 100 ? 0 : -20))
  const gains = limiterGains(peaksOf(decibels), 0, 200, limit) as Float32Array
  const touched = [...gains.keys()].filter((slot) => (gains[slot] as number) < 1)
  t.ok((touched.at(0) as number) >= 100 - 13 && (touched.at(-1) as number) <= 100 + 13, String(touched))
  t.ok(Math.abs(toDb(gains[100] as number) - (limit.ceilingDbtp - limit.gainDb)) < 0.05)
})

t.test('the gain bends: from slot to slot it moves by a thirteenth of the reduction at most', async () => {
  fc.assert(
    fc.property(someDecibels, (decibels) => {
      const gains = limiterGains(peaksOf(decibels), 0, decibels.length, limit)
      if (!gains) return true
      const deepest = 1 - fromDb(limit.ceilingDbtp - limit.gainDb - Math.max(...decibels) - 0.02)
      return gains.every(
        (gain, slot) => slot === 0 || Math.abs(gain - (gains[slot - 1] as number)) <= deepest / 13 + 1e-6,
      )
    }),
  )
})

t.test('a piece has the gains that the whole has there', async () => {
  fc.assert(
    fc.property(someDecibels, fc.nat(), fc.nat(), (decibels, one, other) => {
      const peaks = peaksOf(decibels)
      const [first, last] = [one, other].map((cut) => cut % (decibels.length + 1)).sort((a, b) => a - b) as [
        number,
        number,
      ]
      const whole = limiterGains(peaks, 0, peaks.length, limit)
      const piece = limiterGains(peaks, first, last, limit)
      return Array.from(
        { length: last - first },
        (_, slot) => (piece?.[slot] ?? 1) === (whole?.[first + slot] ?? 1),
      ).every(Boolean)
    }),
  )
})
