import t, { type Test } from 'tap'
import { createFeedToken } from '../../src/shows/feed-token.ts'
import { databaseSettings } from '../engines/database-settings.ts'
import { fakeClock } from '../fixtures/fake-clock.ts'
import { giveAudio, publishedEpisode } from '../fixtures/published-episode.ts'
import { eventually } from '../journey/program.ts'
import { openStation } from '../station.ts'

const noon = Date.parse('2026-03-01T12:00:00Z')
const hourMs = 3_600_000
const publishAt = noon + 3 * hourMs

/** An episode that is public in three hours, and who has it an hour before that. */
async function stationWithEpisode(t: Test, environment: Record<string, string> = {}) {
  const clock = fakeClock(noon)
  const station = await openStation(t, { clock, environment })
  const { app, web } = station
  const show = await station.createShow()
  const episode = await publishedEpisode(station, show, { publishAt })
  const tokenOf = async (earlySeconds: number) =>
    (await createFeedToken(app, show.id, { name: `${earlySeconds} s`, earlySeconds })).token
  const ask = (token: string, episodeId = episode.id) => web.inject(`/audio/p/${token}/${episodeId}/x.mp3`)
  const status = async (token: string, episodeId = episode.id) => (await ask(token, episodeId)).statusCode
  return { ...station, clock, show, episode, tokenOf, ask, status }
}

for (const engine of ['SQLite', 'PostgreSQL']) {
  t.test(`an episode plays for whoever is early from their moment on, and not before, on ${engine}`, async (t) => {
    const { clock, web, episode, tokenOf, ask, status } = await stationWithEpisode(t, await databaseSettings(t, engine))
    const [usual, hour, twoHours] = [await tokenOf(0), await tokenOf(3600), await tokenOf(7200)]
    const statuses = async () => [await status(twoHours), await status(hour), await status(usual)]
    const rows: [number, number[]][] = [
      [publishAt - 2 * hourMs - 1, [404, 404, 404]],
      [publishAt - 2 * hourMs, [302, 404, 404]],
      [publishAt - hourMs - 1, [302, 404, 404]],
      [publishAt - hourMs, [302, 302, 404]],
      [publishAt - 1, [302, 302, 404]],
      [publishAt, [302, 302, 302]],
    ]
    for (const [now, expected] of rows) {
      clock.turnTo(now)
      t.same(await statuses(), expected, new Date(now).toISOString())
      t.equal((await web.inject(`/audio/${episode.id}/x.mp3`)).statusCode, now < publishAt ? 404 : 200)
      t.equal((await web.inject(`/media/${episode.renditionId}/x.mp3`)).statusCode, now < publishAt ? 404 : 200)
    }
    const { pathname, search } = new URL(String((await ask(hour)).headers.location))
    t.equal((await web.inject(pathname + search)).statusCode, 200)
  })
}

t.test('what was early leads to bytes before anybody else has them', async (t) => {
  const { clock, web, tokenOf, ask } = await stationWithEpisode(t)
  const token = await tokenOf(3600)
  clock.turnTo(publishAt - hourMs)
  const { pathname, search } = new URL(String((await ask(token)).headers.location))
  t.match(await web.inject(pathname + search), { statusCode: 200, headers: { 'cache-control': 'private, no-store' } })
})

t.test('drafts, episodes that were taken back and those of other shows are for nobody, however early', async (t) => {
  const station = await stationWithEpisode(t)
  const { app, api, clock, show, episode, createEpisode, createShow, tokenOf, status } = station
  const token = await tokenOf(2_592_000)
  t.equal(await status(token), 302)
  const draft = await createEpisode(show.id, { title: 'Draft' })
  await giveAudio(app, draft.id)
  t.equal(await status(token, draft.id), 404)
  const unready = await createEpisode(show.id, { title: 'Without audio' })
  await app.db.updateTable('episode').set({ publishAt: noon }).where('id', '=', unready.id).execute()
  t.equal(await status(token, unready.id), 404)
  const elsewhere = await publishedEpisode(station, await createShow({ title: 'Other' }), { publishAt })
  t.equal(await status(token, elsewhere.id), 404)
  t.equal(await status(token, 'nobody'), 404)
  await api('PUT', `/episodes/${episode.id}/publication`, { at: new Date(publishAt + 30 * 86_400_000).toISOString() })
  await eventually(20, async () => (await status(token)) === 404)
  clock.turnTo(publishAt)
  t.equal(await status(token), 302)
  await api('DELETE', `/episodes/${episode.id}/publication`)
  await eventually(20, async () => (await status(token)) === 404)
  await api('DELETE', `/episodes/${episode.id}`)
  t.equal(await status(token), 410)
})

t.test('who is made less early hears no more of it at the next request', async (t) => {
  const { api, clock, show, status } = await stationWithEpisode(t)
  const made = await api('POST', `/shows/${show.id}/feed-tokens`, { name: 'Ann', earlySeconds: 7200 })
  const { id, token } = made.json()
  clock.turnTo(publishAt - hourMs - 1)
  t.equal(await status(token), 302)
  await api('PATCH', `/feed-tokens/${id}`, { earlySeconds: 3600 })
  t.equal(await status(token), 404)
  await api('PATCH', `/feed-tokens/${id}`, { earlySeconds: 3601 })
  t.equal(await status(token), 302)
})

t.test('a CDN is asked only for what it can pull: what is early comes from here', async (t) => {
  const environment = { CDN_URL: 'https://cdn.example', CDN_SECRET: 'the secret of the CDN' }
  const { clock, ask, tokenOf } = await stationWithEpisode(t, environment)
  const token = await tokenOf(3600)
  const target = async () => new URL(String((await ask(token)).headers.location)).origin
  clock.turnTo(publishAt - 1)
  t.equal(await target(), 'http://localhost:3000')
  clock.turnTo(publishAt)
  t.equal(await target(), 'https://cdn.example')
})
