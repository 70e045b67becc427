import fc from 'fast-check'
import t from 'tap'
import { decodePeakDb, encodePeak } from '../../../src/audio/loudness/peak-code.ts'

t.test('a peak comes back at most a hundredth of a dB higher, and never lower', async () => {
  fc.assert(
    fc.property(fc.double({ min: -250, max: 40, noNaN: true }), (db) => {
      const back = decodePeakDb(encodePeak(db))
      return back > db - 1e-5 && back < db + 0.0101
    }),
  )
})

t.test('silence stays silence', async (t) => {
  t.equal(decodePeakDb(encodePeak(Number.NEGATIVE_INFINITY)), Number.NEGATIVE_INFINITY)
})
