import fc from 'fast-check'
import t from 'tap'
import { barHeights, barsPath } from '../../src/site/waveform-bars.ts'
import { speechPeaks } from '../fixtures/speech-peaks.ts'

const level = fc.integer({ min: 0, max: 127 })
const somePeaks = fc
  .array(fc.tuple(level, level), { maxLength: 400 })
  .map((pairs) => pairs.flatMap(([low, high]) => [-low, high]))
const someBars = fc.integer({ min: 1, max: 200 })

t.test('there is a bar for each place, none empty and none too tall, whatever the audio', async () => {
  fc.assert(
    fc.property(somePeaks, someBars, (peaks, bars) => {
      const heights = barHeights(peaks, bars)
      return heights.length === bars && heights.every((height) => height > 0 && height <= 1)
    }),
  )
})

t.test('the path stays within its picture', async () => {
  fc.assert(
    fc.property(somePeaks, someBars, (peaks, bars) =>
      [...barsPath(peaks, bars).matchAll(/M(.+?) (.+?)h(.+?)v(.+?)h-.+?z/g)].every((bar, index, all) => {
        const [x, y, width, height] = bar.slice(1).map(Number) as [number, number, number, number]
        return all.length === bars && x >= index && x + width <= index + 1 && y >= 0 && y + height <= 100
      }),
    ),
  )
})

t.test('what is louder is drawn taller, and silence is a line', async (t) => {
  const [quiet = 0, loud = 0, silent = 0] = barHeights([-20, 20, -90, 90, 0, 0], 3)
  t.ok(silent < quiet && quiet < loud)
  t.equal(loud, 1)
  const silence = barHeights(new Array(100).fill(0), 10)
  t.ok(silence.every((height) => height > 0 && height < 0.05))
  t.equal(barHeights([], 4).length, 4)
})

t.test('an hour of talk is no block: passages differ, and the page stays light', async (t) => {
  const heights = barHeights(speechPeaks(3600), 160).toSorted((a, b) => a - b)
  t.ok((heights[16] ?? 1) < 0.6 * (heights[144] ?? 0))
  t.ok(barsPath(speechPeaks(3600), 160).length < 4500)
})
