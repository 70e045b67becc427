import { gunzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import { acceptsGzip } from '../../src/feeds/routes.ts'
import { fakeClock } from '../fixtures/fake-clock.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { openStation } from '../station.ts'

const noon = Date.parse('2026-03-01T12:00:00Z')
const url = '/shows/long-waves/feed.xml'

async function stationWithFeed(t: Test) {
  const station = await openStation(t, { clock: fakeClock(noon) })
  await publishedEpisode(station, await station.createShow())
  const ask = (headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET', query = '') =>
    station.web.inject({ method, url: url + query, headers })
  return { ...station, ask }
}

t.test('a feed is sent with what caches and browsers need, and the same to whoever asks', async (t) => {
  const { ask } = await stationWithFeed(t)
  const answer = await ask()
  t.equal(answer.statusCode, 200)
  t.match(answer.headers, {
    'content-type': 'application/rss+xml; charset=utf-8',
    'content-length': String(answer.rawPayload.length),
    'last-modified': 'Sun, 01 Mar 2026 12:00:00 GMT',
    etag: /^"[\da-f]{32}"$/,
    vary: 'accept-encoding',
    'cache-control': 'no-cache',
    'access-control-allow-origin': '*',
  })
  t.equal(answer.headers['set-cookie'], undefined)
  for (const same of [
    await ask({}, 'GET', '?_from=app&utm_source=x'),
    await ask({ 'user-agent': '' }),
    await ask({ accept: 'text/html' }),
    await ask({ 'a-im': 'feed' }),
    await ask({ range: 'bytes=0-9' }),
  ]) {
    t.match(same, { statusCode: 200, body: answer.body, headers: { etag: answer.headers.etag } })
  }
  const head = await ask({}, 'HEAD')
  t.equal(head.body, '')
  const { date: _, ...headers } = answer.headers
  t.match(head.headers, headers, 'HEAD mirrors GET')
})

t.test('gzip is used where it is taken, with an entity tag of its own', async (t) => {
  const { ask } = await stationWithFeed(t)
  const plain = await ask()
  const gzipped = await ask({ 'accept-encoding': 'gzip, deflate, br' })
  t.match(gzipped.headers, { 'content-encoding': 'gzip', vary: 'accept-encoding' })
  t.equal(gunzipSync(gzipped.rawPayload).toString(), plain.body)
  t.equal(gzipped.headers['content-length'], String(gzipped.rawPayload.length))
  t.not(gzipped.headers.etag, plain.headers.etag)
  for (const coding of ['gzip;q=0', 'br', 'identity', '']) {
    const answer = await ask({ 'accept-encoding': coding })
    t.equal(answer.headers['content-encoding'], undefined, coding)
    t.equal(answer.headers.etag, plain.headers.etag)
  }
})

for (const [header, isTaken] of [
  [undefined, false],
  ['', false],
  ['gzip', true],
  ['GZIP ; Q=0.5', true],
  ['x-gzip', true],
  ['br, gzip;q=0.1', true],
  ['*', true],
  ['gzip;q=0', false],
  ['gzip;q=0.000, *', false],
  ['*;q=0', false],
  ['gzip;q=much', false],
  ['deflate, br', false],
] as const) {
  t.equal(acceptsGzip(header), isTaken, `Accept-Encoding: ${header}`)
}

t.test('who has it already is told so', async (t) => {
  const { ask } = await stationWithFeed(t)
  const { etag, 'last-modified': date } = (await ask()).headers as Record<string, string>
  const gzipTag = String((await ask({ 'accept-encoding': 'gzip' })).headers.etag)
  const rows: [Record<string, string>, number][] = [
    [{ 'if-none-match': etag ?? '' }, 304],
    [{ 'if-none-match': `W/${etag}` }, 304],
    [{ 'if-none-match': `"x", ${etag}` }, 304],
    [{ 'if-none-match': '*' }, 304],
    [{ 'if-none-match': gzipTag, 'accept-encoding': 'gzip' }, 304],
    [{ 'if-none-match': gzipTag }, 200],
    [{ 'if-none-match': '"x"' }, 200],
    [{ 'if-none-match': '"x"', 'if-modified-since': date ?? '' }, 200],
    [{ 'if-modified-since': date ?? '' }, 304],
    [{ 'if-modified-since': 'Sun, 01 Mar 2026 11:59:59 GMT' }, 200],
    [{ 'if-modified-since': 'yesterday' }, 200],
    [{ 'if-match': '"x"' }, 412],
    [{ 'if-match': etag ?? '' }, 200],
  ]
  for (const method of ['GET', 'HEAD'] as const) {
    for (const [headers, status] of rows) {
      const answer = await ask(headers, method)
      t.equal(answer.statusCode, status, `${method} ${JSON.stringify(headers)}`)
      if (status !== 304) continue
      t.equal(answer.body, '')
      t.match(answer.headers, { etag: /^"/, 'cache-control': 'no-cache', vary: 'accept-encoding' })
      t.equal(answer.headers['content-length'], undefined, 'not 0: RFC 9110 §8.6')
    }
  }
})

t.test('only reading means something at the address of a feed, and a feed that is not there is 404', async (t) => {
  const { web, ask } = await stationWithFeed(t)
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
    const answer = await web.inject({ method, url })
    t.match(answer, { statusCode: 405, headers: { allow: 'GET, HEAD', 'content-type': /^application\/problem\+json/ } })
  }
  t.match((await web.inject('/shows/nobody/feed.xml')).json(), { status: 404, detail: /no show “nobody”/ })
  t.match((await web.inject('/shows/nobody/feed.xml')).headers, { 'cache-control': 'no-store', etag: undefined })
  t.equal((await ask()).statusCode, 200)
})
