import fc from 'fast-check'
import t from 'tap'
import {
  blockSamples,
  cutIntoPieces,
  frameSamples,
  partSamples,
  pieceSamples,
  slotSamples,
} from '../../../src/audio/pcm/grid.ts'

t.test('pieces begin at frames, blocks, slots and waveform parts alike', async (t) => {
  for (const step of [frameSamples, blockSamples, slotSamples, partSamples])
    t.equal(pieceSamples % step, 0, String(step))
})

t.test('pieces follow each other from the first sample to the last, and none is very short', async () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 * 3600 * 44_100 }), (samples) => {
      const pieces = cutIntoPieces(samples)
      const isWhole = pieces[0]?.start === 0 && pieces.at(-1)?.end === samples
      const isConnected = pieces.every(({ start }, index) => index === 0 || start === pieces[index - 1]?.end)
      const isLong = pieces.length === 1 || pieces.every(({ start, end }) => end - start > 6 * 44_100)
      return isWhole && isConnected && isLong && pieces.filter(({ isLast }) => isLast).length === 1
    }),
  )
})
