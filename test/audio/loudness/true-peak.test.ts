import fc from 'fast-check'
import t from 'tap'
import { toDb } from '../../../src/audio/loudness/decibels.ts'
import { truePeak, truePeakMargin } from '../../../src/audio/loudness/true-peak.ts'

const length = 400

function sine(cycles: number, phase: number): Float32Array {
  return Float32Array.from({ length }, (_, index) => 0.5 * Math.sin(2 * Math.PI * cycles * index + phase))
}

function measure(samples: Float32Array): number {
  const [start, end] = [truePeakMargin + 40, length - truePeakMargin - 40]
  const highest = samples.subarray(start, end).reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0)
  return toDb(truePeak(samples, { start, end, step: 1 }, highest)) - toDb(0.5)
}

t.test('a sine at a quarter of the rate, whose samples all miss its crest by 3 dB, is measured rightly', async (t) => {
  t.ok(Math.abs(measure(sine(0.25, Math.PI / 4))) < 0.1, String(measure(sine(0.25, Math.PI / 4))))
})

t.test('a sine of any pitch below 17 kHz is measured within half a dB', async () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 0.385, noNaN: true }),
      fc.double({ min: 0, max: 6.3, noNaN: true }),
      (cycles, phase) => {
        const error = measure(sine(cycles, phase))
        return error > -0.5 && error < 0.2
      },
    ),
  )
})

t.test('silence has the floor that it is given', async (t) => {
  t.equal(truePeak(new Float32Array(length), { start: 50, end: 100, step: 1 }, 0), 0)
})
