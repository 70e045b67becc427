import t, { type Test } from 'tap'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { speechPeaks } from '../fixtures/speech-peaks.ts'
import { eventually } from '../journey/program.ts'
import { openStation } from '../station.ts'

const peaks = speechPeaks(1029.4)

async function stationWithWaveform(t: Test) {
  const station = await openStation(t)
  const show = await station.createShow()
  const episode = await publishedEpisode(station, show, { peaks })
  const ask = (headers = {}, method: 'GET' | 'HEAD' = 'GET', id = episode.id) =>
    station.web.inject({ method, url: `/episodes/${id}/waveform.json`, headers })
  return { ...station, show, episode, ask }
}

t.test("the waveform is given to everybody's programs, and again only when it changed", async (t) => {
  const { ask, api, episode } = await stationWithWaveform(t)
  const answer = await ask()
  t.equal(answer.statusCode, 200)
  t.match(answer.headers, {
    'content-type': /^application\/json/,
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'cache-control': 'public, no-cache',
    etag: /^"/,
  })
  t.match(answer.json(), { version: 2, channels: 1, bits: 8, sample_rate: 44_100, length: 1800, data: peaks })
  const head = await ask({}, 'HEAD')
  t.match(head, { statusCode: 200, body: '', headers: { etag: answer.headers.etag } })
  const { etag } = answer.headers
  t.match(await ask({ 'if-none-match': etag }), { statusCode: 304, body: '' })
  t.equal((await ask({ 'if-match': '"other"' })).statusCode, 412)
  t.equal((await ask({ 'if-modified-since': new Date().toUTCString() })).statusCode, 200, 'it has no date')
  const { audio } = (await api('GET', `/episodes/${episode.id}`)).json()
  t.match(audio.waveformUrl, new RegExp(`/episodes/${episode.id}/waveform\\.json$`), 'the API names it')
})

t.test('what is not public is 404, what was deleted 410, and what has none says so', async (t) => {
  const station = await stationWithWaveform(t)
  const { ask, api, episode, show, web } = station
  const plain = await publishedEpisode(station, show)
  const answer = await ask({}, 'GET', plain.id)
  t.equal(answer.statusCode, 404)
  t.match(answer.json().detail, 'No waveform was made of this episode')
  t.equal((await api('GET', `/episodes/${plain.id}`)).json().audio.waveformUrl, undefined)
  t.equal((await ask({}, 'GET', 'nobody')).statusCode, 404)
  t.equal((await web.inject({ method: 'POST', url: `/episodes/${episode.id}/waveform.json` })).statusCode, 405)
  await api('DELETE', `/episodes/${episode.id}/publication`)
  await eventually(20, async () => (await ask()).statusCode === 404)
  await api('DELETE', `/episodes/${episode.id}`)
  await eventually(20, async () => (await ask()).statusCode === 410)
})
