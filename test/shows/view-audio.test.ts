import t, { type Test } from 'tap'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { openStation } from '../station.ts'

async function stationWithAudio(t: Test) {
  const station = await openStation(t)
  const { id } = await publishedEpisode(station, await station.createShow())
  return {
    audio: async () => (await station.api('GET', `/episodes/${id}`)).json().audio,
    setRendition: (fields: object) => station.app.db.updateTable('rendition').set(fields).execute(),
    measuredAt: new Date(station.app.clock.now()).toISOString().slice(0, 10),
    api: station.api,
  }
}

t.test('the API tells how loud the recording was, what was done, and how loud the finished file is', async (t) => {
  const { audio, setRendition, measuredAt } = await stationWithAudio(t)
  t.match(await audio(), {
    kept: false,
    loudness: { integratedLufs: -16.1, truePeakDbtp: -1.2, measuredAt: new RegExp(`^${measuredAt}T`) },
    source: { integratedLufs: -23, truePeakDbtp: -4 },
    targetLufs: -16,
    gainDb: 7,
    limitedDb: 4,
    shortfallLu: 0,
  })
  await setRendition({ gainDb: 0.1 + 0.2, shortfallLu: 2.126, lufs: -18.126 })
  t.match(await audio(), { gainDb: 0.3, shortfallLu: 2.13, loudness: { integratedLufs: -18.13 } })
})

t.test('what is not measured is null, and so is silence, which has been', async (t) => {
  const { audio, setRendition } = await stationWithAudio(t)
  await setRendition({ lufs: null, peakDbtp: null, measuredAt: null, sourceLufs: null, sourcePeakDbtp: null })
  const nothing = { integratedLufs: null, truePeakDbtp: null }
  t.strictSame((await audio()).loudness, nothing)
  t.strictSame((await audio()).source, nothing)
  await setRendition({ measuredAt: 0, isKept: 1, targetLufs: null })
  t.strictSame((await audio()).loudness, { ...nothing, measuredAt: '1970-01-01T00:00:00.000Z' })
  t.match(await audio(), { kept: true, targetLufs: null })
})

t.test('the description of the API names the units', async (t) => {
  const { api } = await stationWithAudio(t)
  const description = (await api('GET', '/openapi.json')).body
  for (const words of ['LUFS (ITU-R BS.1770-4)', 'dBTP', 'of the finished file', 'audiowaveform']) {
    t.match(description, words)
  }
})
