import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'
import t, { type Test } from 'tap'
import { updateEpisode } from '../../src/shows/episode.ts'
import { retagEpisode } from '../../src/uploads/retag-episode.ts'
import { fakeClock } from '../fixtures/fake-clock.ts'
import { jobRun } from '../fixtures/job-run.ts'
import { giveAudio, publishedEpisode } from '../fixtures/published-episode.ts'
import { eventually } from '../journey/program.ts'
import { openStation } from '../station.ts'

const noon = Date.parse('2026-03-01T12:00:00Z')
const hourMs = 3_600_000

/** A published episode with an area for its tags, and a way to retag it that ends when listeners are given the new bytes. */
async function retaggedStation(t: Test, size = 300_000) {
  const clock = fakeClock(noon)
  const station = await openStation(t, { clock })
  const { app, web } = station
  const bytes = randomBytes(size)
  const { id } = await publishedEpisode(station, await station.createShow(), { bytes })
  await retagEpisode(app, { episodeId: id }, jobRun())
  const url = `/audio/${id}/first-light.mp3`
  const ask = (headers: Record<string, string> = {}, where = url) => web.inject({ url: where, headers })
  const etag = async () => (await ask()).headers.etag
  const retag = async (title: string) => {
    const before = await etag()
    await updateEpisode(app, id, { title })
    await retagEpisode(app, { episodeId: id }, jobRun())
    await eventually(20, async () => (await etag()) !== before)
  }
  const mediaUrl = async () => {
    const episode = await app.db
      .selectFrom('episode')
      .select('renditionId')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    return `/media/${episode.renditionId}/x.mp3`
  }
  return { ...station, clock, id, url, ask, retag, mediaUrl }
}

t.test('who resumes after a retag gets the whole new file, by tag or by date, never a mixture', async (t) => {
  const { ask, retag } = await retaggedStation(t)
  const old = await ask()
  const { etag, 'last-modified': date } = old.headers as { etag: string; 'last-modified': string }
  await retag('Second light')
  const now = await ask()
  t.equal(now.rawPayload.length, old.rawPayload.length)
  t.notOk(now.rawPayload.equals(old.rawPayload))
  for (const ifRange of [etag, date]) {
    const resumed = await ask({ range: 'bytes=40000-', 'if-range': ifRange })
    t.equal(resumed.statusCode, 200, ifRange)
    t.ok(resumed.rawPayload.equals(now.rawPayload), 'the whole, and all of it new')
  }
  t.equal((await ask({ 'if-none-match': etag })).statusCode, 200)
  t.equal((await ask({ 'if-modified-since': date })).statusCode, 200)
  t.equal((await ask({ 'if-match': etag, range: 'bytes=40000-' })).statusCode, 412)
  const resumed = await ask({ range: 'bytes=40000-', 'if-range': String(now.headers['last-modified']) })
  t.equal(resumed.statusCode, 206)
})

t.test('a download that is under way during a retag gets all of the old bytes', async (t) => {
  const { web, url, ask, retag } = await retaggedStation(t, 24 * 1024 ** 2)
  const old = (await ask()).rawPayload
  const address = await web.listen({ port: 0 })
  const request = get(`${address}${url}`)
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  await once(response, 'readable')
  await retag('Second light')
  t.ok((await buffer(response)).equals(old))
  t.notOk((await ask()).rawPayload.equals(old))
})

t.test('bytes with an address of their own are served for a day after others took their place', async (t) => {
  const { app, api, clock, id, ask, retag, mediaUrl } = await retaggedStation(t)
  const [oldUrl, old] = [await mediaUrl(), (await ask()).rawPayload]
  await retag('Second light')
  const newUrl = await mediaUrl()
  t.ok((await ask({}, oldUrl)).rawPayload.equals(old), 'for a CDN that is in the middle of them')
  t.ok((await ask({}, newUrl)).rawPayload.equals((await ask()).rawPayload))
  await giveAudio(app, id)
  t.equal((await ask({}, newUrl)).statusCode, 200)
  clock.turnTo(noon + 25 * hourMs)
  for (const url of [oldUrl, newUrl]) await eventually(20, async () => (await ask({}, url)).statusCode === 410)
  t.equal((await ask({}, await mediaUrl())).statusCode, 200)
  await api('DELETE', `/episodes/${id}/publication`)
  await eventually(20, async () => (await ask({}, oldUrl)).statusCode === 404)
})
