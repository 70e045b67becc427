import t, { type Test } from 'tap'
import { fakeClock } from '../fixtures/fake-clock.ts'
import { giveAlternate, publishedEpisode } from '../fixtures/published-episode.ts'
import { eventually } from '../journey/program.ts'
import { openStation } from '../station.ts'

const noon = Date.parse('2026-03-01T12:00:00Z')
const hourMs = 3_600_000
const aac = Buffer.from('advanced audio '.repeat(500))

/** A published episode with an MP3, and AAC beside it. */
async function stationWithAac(t: Test) {
  const clock = fakeClock(noon)
  const station = await openStation(t, { clock })
  const { app, web } = station
  const episode = await publishedEpisode(station, await station.createShow())
  const alternate = await giveAlternate(app, episode.id, aac)
  const ask = (url: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
    web.inject({ method, url, headers })
  const [audio, download, media] = [`/audio/${episode.id}`, `/download/${episode.id}`, `/media/${alternate.id}`]
  return { ...station, clock, episode, alternate, ask, audio, download, media }
}

t.test('the extension chooses: AAC is served as the MP3 is, with ranges and a tag of its own', async (t) => {
  const { ask, audio, download, media } = await stationWithAac(t)
  const mp3 = await ask(`${audio}/x.mp3`)
  t.equal(mp3.headers['content-type'], 'audio/mpeg')
  for (const url of [`${audio}/x.m4a`, `${audio}/X.M4A`, `${download}/x.m4a`, `${media}/x.m4a`]) {
    const { headers, rawPayload } = await ask(url)
    t.match(headers, { 'content-type': 'audio/x-m4a', 'content-length': String(aac.length), 'accept-ranges': 'bytes' })
    t.ok(rawPayload.equals(aac), url)
    t.not(headers.etag, mp3.headers.etag)
    t.not(headers['last-modified'], mp3.headers['last-modified'])
    t.match(await ask(url, {}, 'HEAD'), { statusCode: 200, body: '', headers: { etag: headers.etag } })
    const part = await ask(url, { range: 'bytes=9-23', 'if-range': String(headers.etag) })
    t.match(part, { statusCode: 206, headers: { 'content-range': `bytes 9-23/${aac.length}` } })
    t.ok(part.rawPayload.equals(aac.subarray(9, 24)))
    t.equal((await ask(url, { 'if-none-match': String(headers.etag) })).statusCode, 304)
  }
  t.match((await ask(`${download}/x.m4a`)).headers, { 'content-disposition': 'attachment; filename="x.m4a"' })
  for (const url of [`${media}/x.mp3`, `${audio}/x.aac`]) t.equal((await ask(url)).statusCode, 404, url)
})

t.test('every hit names what was served', async (t) => {
  const { app, ask, audio, episode, alternate } = await stationWithAac(t)
  await ask(`${audio}/x.m4a`)
  await ask(`${audio}/x.mp3`)
  const hits = await eventually(20, async () => {
    const { hits } = await app.events.read(0, 10)
    return hits.length === 2 && hits
  })
  t.same(
    hits.map(({ episodeId, renditionId }) => [episodeId, renditionId]),
    [
      [episode.id, alternate.id],
      [episode.id, episode.renditionId],
    ],
  )
})

t.test('the feed names it beside the enclosure, and no longer when there is none', async (t) => {
  const { app, api, ask, episode, startWorking } = await stationWithAac(t)
  // By the machine's clock its audio is to be tagged anew by now, after which it has no AAC for a while.
  await app.db.deleteFrom('job').where('name', '=', 'retag-episode').execute()
  startWorking()
  const feed = async () => (await ask('/shows/long-waves/feed.xml')).body
  const url = `http://localhost:3000/audio/${episode.id}/first-light.m4a`
  await eventually(20, async () => (await feed()).includes('podcast:alternateEnclosure'))
  t.match(await feed(), `<podcast:source uri="${url}"/>`)
  t.match(await feed(), `type="audio/x-m4a" length="${aac.length}" bitrate="96000"`)
  await api('PATCH', `/shows/${episode.showId}`, { aacKbps: 96 })
  await api('PATCH', `/shows/${episode.showId}`, { aacKbps: null })
  await eventually(20, async () => !(await feed()).includes('podcast:alternateEnclosure'))
})

t.test('bytes with an address of their own are served for a day after others took their place', async (t) => {
  const { app, clock, ask, audio, media, episode } = await stationWithAac(t)
  await giveAlternate(app, episode.id, Buffer.from('other tags'))
  await eventually(20, async () => (await ask(`${audio}/x.m4a`)).body === 'other tags')
  t.ok((await ask(`${media}/x.m4a`)).rawPayload.equals(aac))
  clock.turnTo(noon + 25 * hourMs)
  t.equal((await ask(`${media}/x.m4a`)).statusCode, 410)
})
