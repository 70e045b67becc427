import fc from 'fast-check'
import t from 'tap'
import { drawWaveform } from '../../src/audio/waveform.ts'

t.test('short audio keeps its parts, at the level at which it is published', async (t) => {
  t.same(drawWaveform(Int16Array.from([-16_384, 8192, 0, 0]), 0), [-64, 32, 0, 0])
  t.same(drawWaveform(Int16Array.from([-16_384, 8192]), 6.0206), [-128, 64])
  t.same(drawWaveform(new Int16Array(), 0), [])
})

t.test('long audio has 1,800 points, and none of its peaks is lost', async () => {
  fc.assert(
    fc.property(fc.integer({ min: 1801, max: 20_000 }), fc.nat(), (available, chosen) => {
      const parts = new Int16Array(2 * available)
      parts[2 * (chosen % available) + 1] = 32_767
      const points = drawWaveform(parts, 0)
      return points.length === 3600 && Math.max(...points) === 127
    }),
  )
})

t.test('what the gain would bring over full scale is drawn at full scale', async () => {
  fc.assert(
    fc.property(
      fc.int16Array({ minLength: 2, maxLength: 100 }),
      fc.double({ min: -60, max: 60, noNaN: true }),
      (parts, gainDb) =>
        drawWaveform(parts.subarray(0, parts.length - (parts.length % 2)), gainDb).every(
          (point) => point >= -128 && point <= 127,
        ),
    ),
  )
})
