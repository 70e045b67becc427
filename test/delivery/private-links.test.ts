import { Writable } from 'node:stream'
import { pino } from 'pino'
import t, { type Test } from 'tap'
import { openApp } from '../../src/app.ts'
import { parseConfig } from '../../src/core/config.ts'
import { buildWeb } from '../../src/web.ts'
import { demandS3 } from '../engines/s3.ts'
import { fakeClock } from '../fixtures/fake-clock.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { eventually } from '../journey/program.ts'
import { openStation } from '../station.ts'

const sound = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7919 + 13) % 251))
const noon = Date.parse('2026-03-01T12:00:00Z')
const hourMs = 3_600_000
const browser = { accept: 'text/html,*/*' }

type Options = Readonly<{ environment?: Record<string, string>; log?: ReturnType<typeof pino> }>

/** A station with an episode and a feed token of its show. `url` is the private link. */
async function stationWithLink(t: Test, { environment, log }: Options = {}) {
  const clock = fakeClock(noon)
  const station = await openStation(t, { clock, environment, log })
  const show = await station.createShow()
  const episode = await publishedEpisode(station, show, { bytes: sound })
  const made = await station.api('POST', `/shows/${show.id}/feed-tokens`, { name: 'Ann' })
  const { id, token, exampleUrl } = made.json()
  const url = new URL(exampleUrl).pathname
  const ask = (where = url, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' | 'POST' = 'GET') =>
    station.web.inject({ method, url: where, headers })
  const target = async () => String((await ask()).headers.location)
  return { ...station, clock, show, episode, feedTokenId: String(id), token: String(token), url, ask, target }
}

t.test('a private link leads to the bytes for some hours, and nobody may keep it', async (t) => {
  const { ask, clock, episode, target } = await stationWithLink(t)
  for (const method of ['GET', 'HEAD'] as const) {
    const answer = await ask(undefined, {}, method)
    t.match(answer, { statusCode: 302, body: '', headers: { 'cache-control': 'private, no-store' } })
    t.equal(answer.headers['access-control-allow-origin'], '*')
  }
  const link = new URL(await target())
  t.equal(link.pathname, `/media/p/${episode.renditionId}/first-light.mp3`)
  const lasts = Number(link.searchParams.get('expires')) * 1000 - noon
  t.ok(lasts >= 6 * hourMs && lasts <= 7 * hourMs)
  const where = link.pathname + link.search
  const whole = await ask(where)
  t.match(whole, { statusCode: 200, headers: { 'cache-control': 'private, no-store', 'content-type': 'audio/mpeg' } })
  t.ok(whole.rawPayload.equals(sound))
  const part = await ask(where, { range: 'bytes=1000-1999', 'if-range': String(whole.headers.etag) })
  t.match(part, { statusCode: 206, headers: { 'content-range': `bytes 1000-1999/${sound.length}` } })
  t.match(await ask(where, {}, 'HEAD'), { statusCode: 200, body: '' })
  for (const spoilt of [link.pathname, `${where}x`, `${link.pathname}?expires=9999999999&signature=x`]) {
    t.equal((await ask(spoilt)).statusCode, 403, spoilt)
  }
  t.equal((await ask(where.replace('.mp3', '.m4a'))).statusCode, 404)
  clock.turnTo(noon + 7 * hourMs)
  t.match(await ask(where), { statusCode: 410, body: /good for some hours/ })
  t.equal((await ask(new URL(await target()).pathname + new URL(await target()).search)).statusCode, 200)
})

t.test('it is for the episodes of its show, as long as they are there', async (t) => {
  const station = await stationWithLink(t)
  const { api, ask, createShow, episode, target, token } = station
  const elsewhere = await publishedEpisode(station, await createShow({ title: 'Other' }))
  t.equal((await ask(`/audio/p/${token}/${elsewhere.id}/x.mp3`)).statusCode, 404)
  t.equal((await ask(`/audio/p/${token}/nobody/x.mp3`)).statusCode, 404)
  t.equal((await ask(`/audio/p/${token}/${episode.id}/x.ogg`)).statusCode, 404)
  t.match(await ask(undefined, {}, 'POST'), { statusCode: 405, headers: { allow: 'GET, HEAD' } })
  const { pathname, search } = new URL(await target())
  t.equal((await ask(pathname + search)).statusCode, 200)
  await api('DELETE', `/episodes/${episode.id}/publication`)
  await eventually(20, async () => (await ask()).statusCode === 404)
  t.equal((await ask(pathname + search)).statusCode, 200, 'what was signed lets bytes through that are not public')
  t.equal((await ask(`/media/${episode.renditionId}/x.mp3`)).statusCode, 404)
  await api('DELETE', `/episodes/${episode.id}`)
  await eventually(20, async () => (await ask(pathname + search)).statusCode === 410)
  t.equal((await ask()).statusCode, 410)
})

t.test('unknown is 404 and taken back 410, never as a page: apps would take it for audio', async (t) => {
  const { api, ask, feedTokenId, episode } = await stationWithLink(t)
  const unknown = await ask(`/audio/p/nobody/${episode.id}/x.mp3`, browser)
  t.match(unknown, {
    statusCode: 404,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  })
  t.match(unknown.json().detail, 'This private link is not known here')
  await api('DELETE', `/feed-tokens/${feedTokenId}`)
  const revoked = await ask(undefined, browser)
  t.match(revoked, {
    statusCode: 410,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  })
  t.match(revoked.json(), { code: 'gone', detail: /was taken back/ })
  t.match((await ask('/audio/p/x', browser)).headers, { 'content-type': 'application/problem+json' })
})

t.test('another process refuses what was taken back', async (t) => {
  const { api, app, ask, feedTokenId, url } = await stationWithLink(t)
  const other = await openApp(parseConfig({ LONGWAVE_HOME: app.config.home }), pino({ level: 'silent' }), {
    clock: app.clock,
    isAlone: false,
  })
  const web = await buildWeb(other)
  t.teardown(async () => {
    await web.close()
    await other.close()
  })
  t.equal((await web.inject(url)).statusCode, 302)
  await api('DELETE', `/feed-tokens/${feedTokenId}`)
  await eventually(20, async () => (await web.inject(url)).statusCode === 410)
  t.equal((await ask()).statusCode, 410)
})

t.test('hits tell the id of the token, and its door', async (t) => {
  const { app, ask, feedTokenId, target, token, episode } = await stationWithLink(t)
  await ask(undefined, { range: 'bytes=0-', 'user-agent': 'Player/1' })
  const { pathname, search } = new URL(await target())
  await ask(pathname + search)
  const hits = await eventually(20, async () => {
    const read = await app.events.read(0, 10)
    return read.hits.length === 3 && read.hits
  })
  t.match(hits[0], {
    door: 'private',
    feedTokenId,
    status: 302,
    bytesSent: 0,
    range: 'bytes=0-',
    userAgent: 'Player/1',
  })
  t.match(hits[2], { door: 'private', feedTokenId: undefined, status: 200, renditionId: episode.renditionId })
  t.notMatch(JSON.stringify(hits), token)
})

t.test('the token is in no log, whatever goes wrong', async (t) => {
  let written = ''
  const sink = new Writable({
    write(chunk, _encoding, done) {
      written += chunk
      done()
    },
  })
  const { app, ask, token, target, url } = await stationWithLink(t, { log: pino({ level: 'debug' }, sink) })
  const { pathname, search } = new URL(await target())
  await ask()
  await ask(`${url}%00`)
  await ask(`${url}/more`)
  await app.db.schema.dropTable('feedToken').execute()
  t.equal((await ask()).statusCode, 500)
  await app.db.schema.dropTable('hit').execute()
  await app.db.schema.alterTable('rendition').renameTo('elsewhere').execute()
  await app.events.close()
  await ask(pathname + search)
  t.match(written, 'a request failed')
  t.match(written, '/audio/p/:feedToken/:episodeId/:file')
  t.notMatch(written, token)
  t.notMatch(written, new URLSearchParams(search).get('signature'))
})

t.test('with a CDN that checks signatures they are sent there, else not', async (t) => {
  const cdn = { CDN_URL: 'https://cdn.example' }
  const signed = await stationWithLink(t, { environment: { ...cdn, CDN_SECRET: 'the secret of the CDN' } })
  const url = new URL(await signed.target())
  t.equal(url.origin, 'https://cdn.example')
  t.ok(Number(url.searchParams.get('expires')) * 1000 <= noon + 7 * hourMs)
  const unsigned = await stationWithLink(t, { environment: cdn })
  t.match(await unsigned.target(), /^http:\/\/localhost:3000\/media\/p\//)
})

const s3 = await demandS3(t)
if (s3) {
  t.test('redirected to a bucket, the link there is short-lived; streamed from it, it is our own', async (t) => {
    const bucket = { STORAGE_URL: s3.storageUrl('private'), ...s3.environment }
    const redirected = await stationWithLink(t, { environment: { ...bucket, DELIVERY: 'redirect' } })
    const url = await redirected.target()
    t.ok(Number(new URL(url).searchParams.get('X-Amz-Expires')) <= 7 * 3600)
    t.ok(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(sound))
    const streamed = await stationWithLink(t, { environment: bucket })
    const { pathname, search } = new URL(await streamed.target())
    t.match(pathname, /^\/media\/p\//)
    t.ok((await streamed.ask(pathname + search)).rawPayload.equals(sound))
  })
}
