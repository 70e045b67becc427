import fc from 'fast-check'
import t from 'tap'
import { getEpisode } from '../../src/shows/episode.ts'
import {
  audiowaveformJson,
  findWaveform,
  findWaveformOfRendition,
  renditionsWithWaveform,
  saveWaveform,
} from '../../src/shows/waveform.ts'
import { giveAudio, publishedEpisode } from '../fixtures/published-episode.ts'
import { openStation } from '../station.ts'

t.test('a waveform is kept for an upload, found by its rendition, and replaced when it is saved again', async (t) => {
  const station = await openStation(t)
  const { db } = station.app
  const { id } = await publishedEpisode(station, await station.createShow())
  const { uploadId, renditionId } = await getEpisode(db, id)
  t.equal(await findWaveform(db, String(uploadId)), undefined)
  t.equal(await findWaveformOfRendition(db, renditionId), undefined)
  t.equal(await findWaveformOfRendition(db, null), undefined)
  t.same(await renditionsWithWaveform(db, [renditionId, null]), new Set())
  for (const peaks of [[-3, 4, -128, 127], [], [-1, 1]]) {
    await saveWaveform(db, { uploadId: String(uploadId), peaks, createdAt: 1 })
    t.same(await findWaveform(db, String(uploadId)), peaks)
    t.same(await findWaveformOfRendition(db, renditionId), peaks)
  }
  t.same(await renditionsWithWaveform(db, [renditionId, null, 'other']), new Set([renditionId]))
})

t.test('other audio of an episode has a waveform of its own', async (t) => {
  const station = await openStation(t)
  const { db } = station.app
  const { id } = await publishedEpisode(station, await station.createShow(), { peaks: [-1, 1] })
  await giveAudio(station.app, id, { bytes: Buffer.from('other'), peaks: [-2, 2] })
  t.same(await findWaveformOfRendition(db, (await getEpisode(db, id)).renditionId), [-2, 2])
})

t.test("audiowaveform's JSON tells the length of the audio, with whole numbers", async () => {
  const level = fc.integer({ min: -128, max: 127 })
  const pairs = fc.array(fc.tuple(level, level), { minLength: 1, maxLength: 300 })
  const rate = fc.constantFrom(8_000, 22_050, 44_100, 48_000)
  fc.assert(
    fc.property(pairs, rate, fc.double({ min: 0.0001, max: 90_000, noNaN: true }), (found, sampleRateHz, seconds) => {
      const json = audiowaveformJson(found.flat(), { sampleRateHz, durationSeconds: seconds })
      const told = (json.length * json.samples_per_pixel) / json.sample_rate
      return (
        json.length === found.length &&
        json.data.length === 2 * json.channels * json.length &&
        Number.isSafeInteger(json.samples_per_pixel) &&
        json.samples_per_pixel >= 1 &&
        Math.abs(told - seconds) <= json.length / sampleRateHz
      )
    }),
  )
})

t.test('the JSON has the fields of version 2', async (t) => {
  const json = audiowaveformJson([-65, 63, -66, 64], { sampleRateHz: 48_000, durationSeconds: 2 })
  t.strictSame(json, {
    version: 2,
    channels: 1,
    sample_rate: 48_000,
    samples_per_pixel: 48_000,
    bits: 8,
    length: 2,
    data: [-65, 63, -66, 64],
  })
  const empty = audiowaveformJson([], { sampleRateHz: 48_000, durationSeconds: 2 })
  t.match(empty, { length: 0, samples_per_pixel: 96_000, data: [] })
})
