import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import t, { type Test } from 'tap'
import type { ShowView } from '../../src/shows/schemas.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { eventually } from '../journey/program.ts'
import { openStation } from '../station.ts'

type Headers = Record<string, string>

const sound = Buffer.from(Array.from({ length: 600_000 }, (_, index) => (index * 7919 + 13) % 251))
const size = sound.length

async function stationWithAudio(t: Test, bytes = sound) {
  const station = await openStation(t)
  const show = await station.createShow()
  const episode = await publishedEpisode(station, show, { bytes })
  const url = `/audio/${episode.id}/first-light.mp3`
  const ask = (headers: Headers = {}, method: 'GET' | 'HEAD' = 'GET', where = url) =>
    station.web.inject({ method, url: where, headers })
  return { ...station, show, episode, url, ask }
}

t.test('the whole is sent with what players need, and HEAD tells the same', async (t) => {
  const { ask } = await stationWithAudio(t)
  const answer = await ask()
  t.equal(answer.statusCode, 200)
  t.ok(answer.rawPayload.equals(sound))
  const { date: _, ...headers } = answer.headers
  t.match(headers, {
    'content-type': 'audio/mpeg',
    'content-length': String(size),
    'accept-ranges': 'bytes',
    etag: /^"[\da-f]{32}"$/,
    'last-modified': / GMT$/,
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  })
  t.equal(headers['set-cookie'], undefined)
  for (const asked of [{}, { range: 'bytes=0-1' }, { range: `bytes=${size}-` }] as Headers[]) {
    const head = await ask(asked, 'HEAD')
    t.match(head, { statusCode: 200, body: '', headers }, `HEAD ${JSON.stringify(asked)}`)
  }
  const coded = await ask({ 'accept-encoding': 'gzip, deflate, br' })
  t.equal(coded.headers['content-encoding'], undefined, 'sound is never compressed')
  t.ok(coded.rawPayload.equals(sound))
})

t.test('ranges are answered as RFC 9110 says', async (t) => {
  const { ask } = await stationWithAudio(t)
  const rows: [string, number, number?, number?][] = [
    ['bytes=0-0', 206, 0, 0],
    ['bytes=0-1', 206, 0, 1],
    ['bytes=1000-4999', 206, 1000, 4999],
    ['bytes=0-', 206, 0, size - 1],
    [`bytes=${size - 1}-`, 206, size - 1, size - 1],
    [`bytes=100-${size * 2}`, 206, 100, size - 1],
    ['bytes=-5', 206, size - 5, size - 1],
    [`bytes=-${size * 2}`, 206, 0, size - 1],
    ['bytes=-0', 416],
    [`bytes=${size}-`, 416],
    [`bytes=99999999999999999999-`, 416],
    ['bytes=5-2', 200],
    ['bytes=a-b', 200],
    ['bytes=', 200],
    ['items=0-1', 200],
    [`bytes=${Array.from({ length: 400 }, () => '0-').join(',')}`, 200],
  ]
  for (const [range, status, start = 0, end = size - 1] of rows) {
    const answer = await ask({ range })
    const name = range.slice(0, 40)
    t.equal(answer.statusCode, status, name)
    t.match(answer.headers.etag, /^"/, name)
    if (status === 416) {
      t.match(answer, { body: '', headers: { 'content-range': `bytes */${size}` } }, name)
      continue
    }
    t.equal(answer.headers['content-range'], status === 206 ? `bytes ${start}-${end}/${size}` : undefined, name)
    t.equal(answer.headers['content-length'], String(end - start + 1), name)
    t.equal(answer.headers['content-type'], 'audio/mpeg', name)
    t.ok(answer.rawPayload.equals(sound.subarray(start, end + 1)), name)
  }
})

t.test('several ranges come as multipart/byteranges, and never more than there is', async (t) => {
  const { ask } = await stationWithAudio(t)
  const answer = await ask({ range: 'bytes=10-19, 599990-, 70000-140000' })
  t.equal(answer.statusCode, 206)
  const [, boundary = ''] = /^multipart\/byteranges; boundary=(\w+)$/.exec(String(answer.headers['content-type'])) ?? []
  t.equal(answer.headers['content-range'], undefined)
  t.equal(answer.headers['content-length'], String(answer.rawPayload.length))
  const head = (range: string) => `content-type: audio/mpeg\r\ncontent-range: bytes ${range}/${size}\r\n\r\n`
  const part = (start: number, end: number) => [Buffer.from(head(`${start}-${end}`)), sound.subarray(start, end + 1)]
  const expected = Buffer.concat([
    ...[Buffer.from(`--${boundary}\r\n`), ...part(10, 19)],
    ...[Buffer.from(`\r\n--${boundary}\r\n`), ...part(599_990, size - 1)],
    ...[Buffer.from(`\r\n--${boundary}\r\n`), ...part(70_000, 140_000)],
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
  t.ok(answer.rawPayload.equals(expected))
  const overlapping = await ask({ range: 'bytes=0-400000,100-500000' })
  t.match(overlapping, { statusCode: 200, headers: { 'content-length': String(size) } })
})

t.test('ranges that are put together hash as the whole does', async (t) => {
  const { ask } = await stationWithAudio(t)
  const hash = createHash('sha256')
  for (let start = 0; start < size; start += 77_777) {
    hash.update((await ask({ range: `bytes=${start}-${start + 77_776}` })).rawPayload)
  }
  t.equal(hash.digest('hex'), createHash('sha256').update(sound).digest('hex'))
})

t.test('preconditions are decided in their order, before the range', async (t) => {
  const { ask } = await stationWithAudio(t)
  const { etag, 'last-modified': date } = (await ask()).headers as { etag: string; 'last-modified': string }
  const old = 'Sun, 01 Mar 2020 12:00:00 GMT'
  const range = 'bytes=0-9'
  const beyond = `bytes=${size}-`
  const rows: [Headers, number][] = [
    [{ 'if-none-match': etag }, 304],
    [{ 'if-none-match': `W/${etag}`, range }, 304],
    [{ 'if-none-match': '"x"', range }, 206],
    [{ 'if-modified-since': date, range: beyond }, 304],
    [{ 'if-match': '"x"', range }, 412],
    [{ 'if-match': `W/${etag}`, range }, 412],
    [{ 'if-match': etag, range }, 206],
    [{ 'if-match': '*' }, 200],
    [{ 'if-unmodified-since': old }, 412],
    [{ 'if-range': etag, range }, 206],
    [{ 'if-range': date, range }, 206],
    [{ 'if-range': `W/${etag}`, range }, 200],
    [{ 'if-range': '"x"', range }, 200],
    [{ 'if-range': old, range }, 200],
    [{ 'if-range': 'nonsense', range }, 200],
    [{ 'if-range': etag, range: beyond }, 416],
    [{ 'if-range': '"x"', range: beyond }, 200],
  ]
  for (const [headers, status] of rows) {
    const answer = await ask(headers)
    t.equal(answer.statusCode, status, JSON.stringify(headers))
    if (status === 304 || status === 412) t.equal(answer.body, '')
    const head = await ask(headers, 'HEAD')
    const length = head.statusCode === 200 ? String(size) : undefined
    t.equal(head.headers['content-length'], length, `HEAD ${head.statusCode} tells the length of the whole, or none`)
  }
})

t.test('any file name with the right extension answers; a download is an attachment with a plain name', async (t) => {
  const { ask, episode, web } = await stationWithAudio(t)
  const at = (room: string, id: string | null, file: string) => ask({}, 'GET', `/${room}/${id}/${file}`)
  for (const file of ['x.mp3', 'X.MP3', 'T%C3%A4pe%20%22.mp3', 'first-light.mp3?_from=app&utm_source=x']) {
    t.equal((await at('audio', episode.id, file)).statusCode, 200, file)
  }
  for (const file of ['x.m4a', 'x', 'mp3', 'x.mp3.exe'])
    t.equal((await at('audio', episode.id, file)).statusCode, 404, file)
  const saved = await at('download', episode.id, 'T%C3%A4pe%20%22;%0D%0A.mp3')
  const inFull = "filename*=UTF-8''T%C3%A4pe%20%22%3B%0D%0A.mp3"
  t.equal(saved.headers['content-disposition'], `attachment; filename="Tape ____.mp3"; ${inFull}`)
  t.ok(saved.rawPayload.equals(sound))
  const bytes = await at('media', episode.renditionId, 'x.mp3')
  t.match(bytes.headers, { 'cache-control': 'public, max-age=31536000, immutable', 'content-disposition': undefined })
  t.equal((await at('media', 'nobody', 'x.mp3')).statusCode, 404)
  t.equal((await at('audio', 'nobody', 'x.mp3')).statusCode, 404)
  for (const room of ['audio', 'download', 'media', 'artwork']) {
    const answer = await web.inject({ method: 'POST', url: `/${room}/${episode.id}/x.mp3` })
    t.match(answer, { statusCode: 405, headers: { allow: 'GET, HEAD, OPTIONS' } }, room)
  }
})

t.test('a player on another site may ask first whether it may send conditions, and ranges of any kind', async (t) => {
  const { episode, ask, web } = await stationWithAudio(t)
  for (const room of [`audio/${episode.id}`, `download/${episode.id}`, `media/${episode.renditionId}`]) {
    const headers = {
      origin: 'https://player.example',
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'if-range, range',
    }
    const answer = await web.inject({ method: 'OPTIONS', url: `/${room}/x.mp3`, headers })
    t.match(answer, { statusCode: 204, payload: '', headers: { allow: 'GET, HEAD, OPTIONS' } }, room)
    t.equal(answer.headers['access-control-allow-origin'], '*')
    t.equal(answer.headers['access-control-allow-headers'], '*')
    t.equal((await ask({}, 'GET', `/${room}/x.mp3`)).headers['access-control-allow-origin'], '*')
  }
})

t.test(
  'what is not public is 404, what was deleted 410, and bytes that are lost are 404 without their headers',
  async (t) => {
    const station = await stationWithAudio(t)
    const { app, api, episode, show, ask } = station
    const rooms = [`audio/${episode.id}`, `download/${episode.id}`, `media/${episode.renditionId}`]
    const allAnswer = async (status: number) => {
      for (const room of rooms) {
        await eventually(20, async () => (await ask({}, 'GET', `/${room}/x.mp3`)).statusCode === status)
        t.pass(`${room.split('/')[0]}: ${status}`)
      }
    }
    await allAnswer(200)
    await api('DELETE', `/episodes/${episode.id}/publication`)
    await allAnswer(404)
    await api('PUT', `/episodes/${episode.id}/publication`)
    await allAnswer(200)
    const lost = await publishedEpisode(station, show)
    await rm(path.join(app.config.home, 'storage/shows', show.id, 'episodes', lost.id), { recursive: true })
    const answer = await ask({ range: 'bytes=0-1' }, 'GET', `/audio/${lost.id}/x.mp3`)
    t.equal(answer.statusCode, 404)
    t.match(answer.headers, { etag: undefined, 'accept-ranges': undefined, 'cache-control': 'no-store' })
    await api('DELETE', `/episodes/${episode.id}`)
    await allAnswer(410)
    await api('DELETE', `/shows/${show.id}`)
    await eventually(20, async () => (await ask({}, 'GET', `/audio/${lost.id}/x.mp3`)).statusCode === 410)
  },
)

t.test('artwork is served in the size and form that its address names', async (t) => {
  const { api, createShow, web } = await openStation(t)
  const ask = (url: string, method: 'GET' | 'HEAD' = 'GET', headers: Headers = {}) =>
    web.inject({ method, url, headers })
  const { id } = await createShow()
  const sent = await sharp({ create: { width: 1400, height: 1400, channels: 3, background: 'orange' } })
    .png()
    .toBuffer()
  const show: ShowView = (await api('PUT', `/shows/${id}/artwork`, sent, { 'content-type': 'image/png' })).json()
  const { pathname } = new URL(show.artworkUrl)
  t.match(pathname, /\/cover\.jpg$/, 'the feed names a JPEG, whatever came in')
  const at = (file: string) => pathname.replace('cover.jpg', file)
  for (const [file, type, size] of [
    ['cover.jpg', 'image/jpeg', 1400],
    ...show.artworkSizes.flatMap((size) => [
      [`${size}.jpg`, 'image/jpeg', size] as const,
      [`${size}.webp`, 'image/webp', size] as const,
    ]),
  ] as const) {
    const answer = await ask(at(file))
    const { format, width } = await sharp(answer.rawPayload).metadata()
    t.match({ format: `image/${format}`, width }, { format: type, width: size }, file)
    const expected = { 'content-type': type, 'content-length': String(answer.rawPayload.length), etag: /^"/ }
    t.match(answer.headers, {
      ...expected,
      'cache-control': /immutable/,
      'cross-origin-resource-policy': 'cross-origin',
    })
    t.match(await ask(at(file), 'HEAD'), { statusCode: 200, body: '', headers: expected })
  }
  t.equal((await ask(pathname, 'GET', { range: 'bytes=0-9' })).statusCode, 206)
  t.match(await ask(at('cover.png')), { statusCode: 301, headers: { location: show.artworkUrl } })
  for (const file of ['cover.webp', '3000.jpg', '600.png', '600.gif', 'x.mp3', '600.jpg.exe']) {
    t.equal((await ask(at(file))).statusCode, 404, file)
  }
  t.equal((await ask('/artwork/nobody/cover.jpg')).statusCode, 404)
})
