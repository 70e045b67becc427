import { connect } from 'node:net'
import t, { type Test } from 'tap'
import type { Hit } from '../../src/core/events.ts'
import { hitIdOf } from '../../src/core/ids.ts'
import { toldBy } from '../../src/delivery/hit.ts'
import { createListenerKeys } from '../../src/delivery/listener-keys.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { eventually } from '../journey/program.ts'
import { openStation, type Station } from '../station.ts'

t.test('of the headers a hit keeps three alone', async (t) => {
  const headers = { range: 'bytes=0-99', 'user-agent': 'Player/1', referer: 'https://example.com/' }
  const more = { cookie: 'secret', authorization: 'secret', 'x-forwarded-for': '192.0.2.1' }
  t.same(toldBy({ ...headers, ...more }), {
    range: 'bytes=0-99',
    userAgent: 'Player/1',
    referrer: 'https://example.com/',
  })
})

t.test('a header that did not come is absent', async (t) => {
  t.same(toldBy({}), { range: undefined, userAgent: undefined, referrer: undefined })
})

t.test('an endless header is cut', async (t) => {
  const endless = 'x'.repeat(5_000)
  const told = toldBy({ range: endless, 'user-agent': endless, referer: endless })
  for (const text of Object.values(told)) t.equal(text?.length, 1_000)
})

const sound = Buffer.alloc(600_000, 'sound ')

async function stationWithAudio(t: Test, bytes: Buffer, environment = {}) {
  const station = await openStation(t, { environment })
  const episode = await publishedEpisode(station, await station.createShow(), { bytes })
  return { ...station, episode, url: `/audio/${episode.id}/first-light.mp3` }
}

/** The hits in the order of their requests, when that many are in the database. */
const hits = ({ app }: Station, count: number): Promise<Hit[]> =>
  eventually(20, async () => {
    const read = await app.events.read(0, 100)
    return read.hits.length >= count && read.hits
  })

t.test('each request is one hit, with the bytes that were sent and no address', async (t) => {
  const station = await stationWithAudio(t, sound)
  const { app, web, url, episode } = station
  const { etag = '' } = (await station.web.inject({ method: 'HEAD', url: station.url })).headers as { etag?: string }
  const rows: ['GET' | 'HEAD', Record<string, string>, number, number][] = [
    ['GET', {}, 200, sound.length],
    ['GET', { range: 'bytes=0-1' }, 206, 2],
    ['GET', { range: `bytes=${sound.length}-` }, 416, 0],
    ['GET', { 'if-none-match': etag }, 304, 0],
    ['GET', { 'if-match': '"x"' }, 412, 0],
    ['HEAD', { range: 'bytes=0-1' }, 200, 0],
  ]
  const address = '193.0.6.139'
  const { listenerKey } = createListenerKeys(app.config.secretKey)(address, app.clock.now())
  for (const [method, headers] of rows) {
    const about = { 'user-agent': 'Player/1', referer: 'https://example.com/' }
    await web.inject({ method, url, headers: { ...headers, ...about }, remoteAddress: address })
  }
  await web.inject({ url: url.replace('.mp3', '.m4a') })
  const [first, ...written] = await hits(station, rows.length + 1)
  t.equal(first?.method, 'HEAD')
  t.match(
    written.map(({ method, status, bytesSent, range }) => ({ method, status, bytesSent, range })),
    rows.map(([method, { range }, status, bytesSent]) => ({ method, status, bytesSent, range })),
  )
  t.equal(written.length, rows.length, 'what was not found is no hit')
  for (const hit of written) {
    t.match(hit, { episodeId: episode.id, renditionId: episode.renditionId, userAgent: 'Player/1' })
    t.match(hit, { referrer: 'https://example.com/', listenerKey, country: 'NL' })
  }
  t.not(first?.listenerKey, written[0]?.listenerKey)
  t.notMatch(JSON.stringify(written), address)
})

t.test('behind a proxy the listener is whom it names, and the same request id is the same hit', async (t) => {
  const headers = { 'x-forwarded-for': '133.11.0.1', 'x-request-id': '0a1b2c3d' }
  const seen = async (environment: Record<string, string>) => {
    const station = await stationWithAudio(t, sound, environment)
    for (const _ of [1, 2]) await station.web.inject({ url: station.url, headers, remoteAddress: '193.0.6.139' })
    await station.web.inject({ url: station.url, headers: { ...headers, 'x-request-id': '' } })
    return hits(station, environment.TRUST_PROXY ? 2 : 3)
  }
  const [alone, proxied] = [await seen({}), await seen({ TRUST_PROXY: 'true' })]
  t.strictSame(
    alone.map(({ country }) => country),
    ['NL', 'NL', undefined],
  )
  t.ok(
    alone.every(({ id }) => id !== hitIdOf('0a1b2c3d')),
    'a stranger cannot choose',
  )
  t.match(proxied, [{ id: hitIdOf('0a1b2c3d'), country: 'JP' }, { country: 'JP' }])
  t.equal(proxied.length, 2)
})

t.test('a hit tells by which address the audio was asked for', async (t) => {
  const station = await stationWithAudio(t, sound)
  const { id, renditionId } = station.episode
  for (const room of [`audio/${id}`, `download/${id}`, `media/${renditionId}`]) {
    await station.web.inject({ url: `/${room}/x.mp3` })
  }
  const doors = (await hits(station, 3)).map(({ door }) => door)
  t.strictSame(doors, ['audio', 'download', 'media'])
})

t.test('a listener that goes away in the middle is one hit, with what it was sent', async (t) => {
  const bytes = Buffer.alloc(40_000_000, 'sound ')
  const station = await stationWithAudio(t, bytes)
  const { port } = new URL(await station.web.listen({ port: 0 }))
  const socket = connect(Number(port), '127.0.0.1')
  socket.write(`GET ${station.url} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
  let received = 0
  await new Promise<void>((resolve) =>
    socket.on('data', (chunk) => {
      received += chunk.length
      if (received < 1_000_000) return
      socket.destroy()
      resolve()
    }),
  )
  const [hit, ...others] = await hits(station, 1)
  const { listenerKey } = createListenerKeys(station.app.config.secretKey)('127.0.0.1', Date.now())
  t.match(hit, { status: 200, method: 'GET', listenerKey }, 'and who it was, though it has gone')
  const sent = hit?.bytesSent ?? 0
  t.ok(sent > 900_000 && sent < bytes.length, `${sent} bytes sent, ${received} received`)
  t.same(others, [])
})
