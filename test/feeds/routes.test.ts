import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import { announceChange } from '../../src/shows/show.ts'
import { fakeClock } from '../fixtures/fake-clock.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { setPageSize } from '../fixtures/stored-feed.ts'
import { eventually } from '../journey/program.ts'
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
    vary: /^accept-encoding/,
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

t.test('a player on another site may ask with conditions, and hears what is wrong', async (t) => {
  const { web } = await stationWithFeed(t)
  const origin = 'https://player.example'
  const wanted = { 'access-control-request-method': 'GET', 'access-control-request-headers': 'if-none-match' }
  for (const address of [url, '/shows/long-waves/p/some-token/feed.xml']) {
    const preflight = await web.inject({ method: 'OPTIONS', url: address, headers: { origin, ...wanted } })
    t.equal(preflight.statusCode, 204)
    t.match(preflight.headers, {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD',
      'access-control-allow-headers': '*',
    })
  }
  for (const missing of ['/shows/none/feed.xml', `${url}?before=9`, '/shows/long-waves/p/some-token/feed.xml']) {
    const answer = await web.inject({ url: missing, headers: { origin } })
    t.match(answer.headers, {
      'access-control-allow-origin': '*',
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
    })
    t.match(answer.json(), { status: 404, code: 'not-found' })
  }
})

t.test('each coding is used where it is taken, with an entity tag of its own', async (t) => {
  const { ask } = await stationWithFeed(t)
  const plain = await ask()
  const decoded = { br: brotliDecompressSync, gzip: gunzipSync }
  const tags = new Set([plain.headers.etag])
  for (const [accepted, coding] of [
    ['gzip, deflate, br', 'br'],
    ['gzip, deflate', 'gzip'],
  ] as const) {
    const answer = await ask({ 'accept-encoding': accepted })
    t.match(answer.headers, {
      'content-encoding': coding,
      vary: /^accept-encoding/,
      'content-length': String(answer.rawPayload.length),
      'content-type': 'application/rss+xml; charset=utf-8',
    })
    t.equal(decoded[coding](answer.rawPayload).toString(), plain.body)
    tags.add(answer.headers.etag)
    const head = await ask({ 'accept-encoding': accepted }, 'HEAD')
    t.match(head.headers, { etag: answer.headers.etag, 'content-length': answer.headers['content-length'] })
  }
  t.equal(tags.size, 3)
  for (const coding of ['gzip;q=0', 'deflate', 'identity', '', 'br;q=0, *;q=0']) {
    const answer = await ask({ 'accept-encoding': coding })
    t.equal(answer.headers['content-encoding'], undefined, coding)
    t.equal(answer.headers.etag, plain.headers.etag)
  }
})

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
    [{ 'if-none-match': gzipTag, 'accept-encoding': 'br' }, 200],
    [{ 'if-none-match': '"x"', 'if-modified-since': date ?? '', 'accept-encoding': 'gzip' }, 200],
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
      t.match(answer.headers, { etag: /^"/, 'cache-control': 'no-cache', vary: /^accept-encoding/ })
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
  const browser = { accept: 'text/html' }
  const inBrowser = await web.inject({ url: '/shows/nobody/feed.xml?before=3', headers: browser })
  t.match(
    inBrowser.headers,
    { 'content-type': 'application/problem+json' },
    'never a page: apps would take it for a feed',
  )
  t.match((await web.inject('/shows/nobody/feed.xml')).headers, { 'cache-control': 'no-store', etag: undefined })
  t.equal((await ask()).statusCode, 200)
})

t.test('hubs are told in headers, on the newest page alone', async (t) => {
  const environment = {
    WEBSUB_HUBS: 'https://hub.example/one, https://hub.example/two',
    PUBLIC_URL: 'https://radio.example',
  }
  const station = await openStation(t, { clock: fakeClock(noon), environment })
  const show = await station.createShow()
  await setPageSize(station, show.id, 1)
  for (const title of ['One', 'Two']) await publishedEpisode(station, show, { title })
  const link =
    '<https://hub.example/one>; rel="hub", <https://hub.example/two>; rel="hub", <https://radio.example/shows/long-waves/feed.xml>; rel="self"'
  t.equal((await station.web.inject(url)).headers.link, link)
  const etag = String((await station.web.inject(url)).headers.etag)
  t.match(await station.web.inject({ url, headers: { 'if-none-match': etag } }), { statusCode: 304, headers: { link } })
  t.match(await station.web.inject(`${url}?before=1`), { statusCode: 200, headers: { link: undefined } })
})

t.test('a feed that moved answers 301, until it is taken back; the document goes on saying where', async (t) => {
  const { app, web, ask } = await stationWithFeed(t)
  const newFeedUrl = 'https://elsewhere.example/feed'
  const move = (feedRedirects: 0 | 1) =>
    app.db.transaction().execute(async (db) => {
      const { id } = await db
        .updateTable('show')
        .set({ newFeedUrl, feedRedirects })
        .returning('id')
        .executeTakeFirstOrThrow()
      await announceChange(app, db, id)
    })
  t.equal((await ask()).statusCode, 200)
  await move(1)
  await eventually(20, async () => (await ask()).statusCode === 301)
  for (const query of ['', '?before=1', '?utm_source=x']) {
    for (const method of ['GET', 'HEAD'] as const) {
      const answer = await ask({ 'if-none-match': '*' }, method, query)
      t.match(answer, { statusCode: 301, headers: { location: newFeedUrl, 'access-control-allow-origin': '*' } })
    }
  }
  await move(0)
  await eventually(20, async () => (await ask()).statusCode === 200)
  t.equal((await web.inject('/shows/long-waves')).statusCode, 200, 'its page stays')
})

t.test('a page that is no number, or that there is not, is 404; whatever else is asked is taken', async (t) => {
  const { ask } = await stationWithFeed(t)
  for (const before of [
    '0',
    '-1',
    '01',
    '1.5',
    'x',
    '',
    '1',
    '999999999',
    '1e3',
    '9999999999999',
    '1&before=1',
    '%00',
  ]) {
    const answer = await ask({}, 'GET', `?before=${before}`)
    t.equal(answer.statusCode, 404, before)
    t.match(answer.headers, { 'content-type': /^application\/problem\+json/ })
  }
  t.equal((await ask({}, 'GET', '?_from=%3Cb%3E&x[]=1&after=3')).statusCode, 200)
})

t.test(
  'a browser that is to show a feed gets the same bytes as XML, with a style sheet that it may load',
  async (t) => {
    const { ask, web } = await stationWithFeed(t)
    const plain = await ask()
    const shown = await ask({ 'sec-fetch-dest': 'document' })
    t.equal(shown.body, plain.body)
    t.match(shown.headers, {
      'content-type': 'application/xml; charset=utf-8',
      'content-security-policy': /default-src 'none'; style-src 'self'/,
      vary: /sec-fetch-dest/,
    })
    t.not(shown.headers.etag, plain.headers.etag)
    const again = { 'if-none-match': String(shown.headers.etag) }
    t.equal((await ask({ 'sec-fetch-dest': 'document', ...again })).statusCode, 304)
    t.equal((await ask(again)).statusCode, 200)
    t.equal((await ask({ 'sec-fetch-dest': 'empty' })).headers.etag, plain.headers.etag)
    const style = await web.inject('/assets/feed.css')
    t.match(style, { statusCode: 200, headers: { 'content-type': /^text\/css/ } })
  },
)
