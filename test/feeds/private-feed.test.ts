import { gunzipSync } from 'node:zlib'
import { parseRssFeed } from 'feedsmith'
import { pino } from 'pino'
import t, { type Test } from 'tap'
import { publishFeed } from '../../src/feeds/publish-feed.ts'
import { tokenPlaceholder } from '../../src/feeds/token-placeholder.ts'
import { createFeedToken, revokeFeedToken } from '../../src/shows/feed-token.ts'
import { databaseSettings } from '../engines/database-settings.ts'
import { fakeClock } from '../fixtures/fake-clock.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { setPageSize, storedFeed } from '../fixtures/stored-feed.ts'
import { eventually } from '../journey/program.ts'
import { openStation } from '../station.ts'

const noon = Date.parse('2026-03-01T12:00:00Z')
const hourMs = 3_600_000

async function stationWithTokens(t: Test, environment: Record<string, string> = {}) {
  const clock = fakeClock(noon)
  const lines: string[] = []
  const log = pino({ level: 'trace' }, { write: (line) => void lines.push(line) })
  const station = await openStation(t, { clock, log, environment })
  const { app, web } = station
  const show = await station.createShow()
  const giveToken = async (earlySeconds = 0, showId = show.id) => {
    const { feedToken, token } = await createFeedToken(app, showId, { name: 'A subscriber', earlySeconds })
    return { id: feedToken.id, token }
  }
  const urlOf = (token: string, slug = 'long-waves') => `/shows/${slug}/p/${token}/feed.xml`
  const ask = (token: string, headers: Record<string, string> = {}, query = '') =>
    web.inject({ url: urlOf(token) + query, headers })
  const publish = () => publishFeed(app, { showId: show.id })
  const variants = async () => {
    const rows = await app.db.selectFrom('feedDocument').select('variant').distinct().orderBy('variant').execute()
    return rows.map(({ variant }) => variant)
  }
  return { ...station, clock, lines, show, giveToken, urlOf, ask, publish, variants }
}

for (const engine of ['SQLite', 'PostgreSQL']) {
  t.test(`each subscriber gets the one document with their own token in it, on ${engine}`, async (t) => {
    const station = await stationWithTokens(t, await databaseSettings(t, engine))
    const { app, api, show, giveToken, ask, publish, urlOf, variants } = station
    const episode = await publishedEpisode(station, show)
    await api('PATCH', `/shows/${show.id}`, { enclosurePrefix: 'https://op3.dev/e' })
    const [one, other] = [await giveToken(), await giveToken()]
    await publish()
    t.same(await variants(), ['private-0', 'public'])
    const first = await ask(one.token)
    t.equal(first.statusCode, 200)
    t.match(first.headers, {
      'content-type': 'application/rss+xml; charset=utf-8',
      'cache-control': 'private, no-cache',
      'x-robots-tag': /noindex/,
      'content-length': String(first.rawPayload.length),
      'set-cookie': undefined,
    })
    const { items } = parseRssFeed(first.body)
    t.same(
      items?.map(({ enclosures }) => enclosures?.[0]?.url),
      [`http://localhost:3000/audio/p/${one.token}/${episode.id}/first-light.mp3`],
      'no prefix: its service would be told the token',
    )
    t.match(first.body, `http://localhost:3000${urlOf(one.token)}`, 'it names itself')
    t.equal((await ask(other.token)).body, first.body.replaceAll(one.token, other.token))
    const placeholder = tokenPlaceholder(app, show.id)
    t.notMatch(first.body, placeholder)
    t.match((await storedFeed(app, show.id, { variant: 'private-0' }))?.xml, placeholder)
    t.notMatch((await storedFeed(app, show.id))?.xml, placeholder)
  })
}

t.test('an app that has it already is told so, and others get it compressed', async (t) => {
  const station = await stationWithTokens(t)
  await publishedEpisode(station, station.show)
  const { token } = await station.giveToken()
  const plain = await station.ask(token)
  const gzipped = await station.ask(token, { 'accept-encoding': 'br, gzip' })
  t.match(gzipped.headers, { 'content-encoding': 'gzip', vary: /^accept-encoding/ })
  t.equal(gunzipSync(gzipped.rawPayload).toString(), plain.body)
  t.not(gzipped.headers.etag, plain.headers.etag)
  const etag = String(gzipped.headers.etag)
  const rows: [Record<string, string>, number][] = [
    [{ 'if-none-match': etag, 'accept-encoding': 'gzip' }, 304],
    [{ 'if-modified-since': String(plain.headers['last-modified']) }, 304],
    [{ 'if-none-match': '"other"', 'if-modified-since': String(plain.headers['last-modified']) }, 200],
  ]
  for (const [headers, status] of rows) {
    const answer = await station.ask(token, headers)
    t.equal(answer.statusCode, status)
    t.match(answer.headers, { 'cache-control': 'private, no-cache', 'x-robots-tag': /noindex/ })
  }
  const head = await station.web.inject({ method: 'HEAD', url: station.urlOf(token) })
  t.match(head, { statusCode: 200, body: '', headers: { 'content-length': plain.headers['content-length'] } })
})

t.test(
  'who is early has an episode that much earlier, with a date that has come, and no link that answers 404',
  async (t) => {
    const station = await stationWithTokens(t)
    const { app, show, clock, giveToken, ask, publish } = station
    const [usual, early] = [await giveToken(), await giveToken(3600)]
    const publishAt = noon + 2 * hourMs
    await publishedEpisode(station, show, { title: 'Scheduled', notes: '00:00 One\n00:10 Two', publishAt })
    const nextRun = async () => {
      await app.db.deleteFrom('job').execute()
      await publish()
      return (await app.db.selectFrom('job').select('runAt').where('name', '=', 'publish-feed').execute()).map(
        (job) => job.runAt,
      )
    }
    const titles = async ({ token }: { token: string }) =>
      parseRssFeed((await ask(token)).body).items?.map(({ title }) => title) ?? []
    t.same(await nextRun(), [publishAt - hourMs], 'the moment of the earliest')
    t.same(await titles(early), [])
    clock.turnTo(publishAt - hourMs)
    t.same(await nextRun(), [publishAt], 'then that of everybody')
    await eventually(20, async () => (await titles(early)).length > 0)
    t.same([await titles(early), await titles(usual)], [['Scheduled'], []])
    const { body } = await ask(early.token)
    t.equal(parseRssFeed(body).items?.[0]?.pubDate, new Date(publishAt - hourMs).toUTCString())
    t.notMatch(body, /chapters\.json|episodes\/scheduled/)
    t.notMatch((await station.web.inject('/shows/long-waves/feed.xml')).body, 'Scheduled')
    clock.turnTo(publishAt)
    t.same(await nextRun(), [])
    await eventually(20, async () => (await titles(usual)).length > 0)
    await eventually(20, async () => (await ask(early.token)).body.includes('chapters.json'))
    t.match((await ask(usual.token)).body, /episodes\/scheduled/)
  },
)

t.test('a token that was taken back is gone at the next request, and its variant with the next feed', async (t) => {
  const { app, giveToken, ask, publish, variants } = await stationWithTokens(t)
  const [one, other] = [await giveToken(), await giveToken(60)]
  await publish()
  t.same(await variants(), ['private-0', 'private-60', 'public'])
  t.equal((await ask(other.token)).statusCode, 200)
  await revokeFeedToken(app, other.id)
  t.match(await ask(other.token), { statusCode: 410, headers: { 'content-type': /^application\/problem\+json/ } })
  await publish()
  t.same(await variants(), ['private-0', 'public'])
  t.equal((await ask(one.token)).statusCode, 200)
  t.match((await ask(other.token)).statusCode, 410)
})

t.test('a feed that no job has made yet is made when it is asked for', async (t) => {
  const station = await stationWithTokens(t)
  await publishedEpisode(station, station.show)
  await station.publish()
  const { token } = await station.giveToken(7_200)
  t.match(await station.ask(token), { statusCode: 200, body: /First light/ })
})

t.test('what is refused is told to apps, not to people, and no token is ever logged', async (t) => {
  const station = await stationWithTokens(t)
  const { app, web, show, giveToken, ask, urlOf, lines } = station
  const { token } = await giveToken()
  const other = await station.createShow({ title: 'Other' })
  const browser = { accept: 'text/html' }
  const strange = 'A'.repeat(32)
  for (const [url, status] of [
    [urlOf(strange), 404],
    [urlOf(token, other.slug), 404],
    [urlOf(token, 'nobody'), 404],
    [`${urlOf(token)}?before=7`, 404],
    [`${urlOf(token)}?before=x`, 404],
  ] as const) {
    const answer = await web.inject({ url, headers: browser })
    t.equal(answer.statusCode, status, url)
    t.match(answer.headers, { 'content-type': /^application\/problem\+json/, 'cache-control': 'no-store' })
    t.notMatch(answer.body, '<html')
  }
  t.match(await web.inject({ method: 'POST', url: urlOf(token) }), { statusCode: 405, headers: { allow: 'GET, HEAD' } })
  await app.db.schema.alterTable('feed_document').renameTo('away').execute()
  t.equal((await ask(token)).statusCode, 500)
  await app.db.schema.alterTable('away').renameTo('feed_document').execute()
  t.match(lines.join(''), 'a request failed')
  t.notMatch(lines.join(''), token)
  await station.api('DELETE', `/shows/${show.id}`)
  await eventually(20, async () => (await ask(token)).statusCode === 410)
})

t.test('private feeds have pages too, each with the token in its address', async (t) => {
  const station = await stationWithTokens(t)
  await setPageSize(station, station.show.id, 1)
  for (const title of ['One', 'Two']) await publishedEpisode(station, station.show, { title })
  const { token } = await station.giveToken()
  const titlesOn = async (query: string) =>
    parseRssFeed((await station.ask(token, {}, query)).body).items?.map(({ title }) => title)
  t.same(await titlesOn(''), ['Two'])
  t.same(await titlesOn('?before=1'), ['One'])
  t.match((await station.ask(token, {}, '?before=1')).body, `${station.urlOf(token)}?before=1`)
})
