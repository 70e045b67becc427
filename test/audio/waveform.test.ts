import fc from 'fast-check'
import t from 'tap'
import { drawWaveform } from '../../src/audio/waveform.ts'

t.test('short audio keeps its parts, at the level at which it is published', async (t) => {
  t.same(drawWaveform(Float32Array.from([-0.5, 0.25, 0, 0]), 0), [-64, 32, 0, 0])
  t.same(drawWaveform(Float32Array.from([-0.5, 0.25]), 6.0206), [-128, 64])
  t.same(drawWaveform(Float32Array.from([-4, 8]), -20), [-51, 102], 'floats above full scale have their shape')
  t.same(drawWaveform(new Float32Array(), 0), [])
})

t.test('long audio has 1,800 points, and none of its peaks is lost', async () => {
  fc.assert(
    fc.property(fc.integer({ min: 1801, max: 20_000 }), fc.nat(), (available, chosen) => {
      const parts = new Float32Array(2 * available)
      parts[2 * (chosen % available) + 1] = 1
      const points = drawWaveform(parts, 0)
      return points.length === 3600 && Math.max(...points) === 127
    }),
  )
})

t.test('what the gain would bring over full scale is drawn at full scale', async () => {
  fc.assert(
    fc.property(
      fc.float32Array({ min: -100, max: 100, noNaN: true, minLength: 2, maxLength: 100 }),
      fc.double({ min: -60, max: 60, noNaN: true }),
      (parts, gainDb) =>
        drawWaveform(parts.subarray(0, parts.length - (parts.length % 2)), gainDb).every(
          (point) => point >= -128 && point <= 127,
        ),
    ),
  )
})
