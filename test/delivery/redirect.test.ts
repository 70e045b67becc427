import t, { type Test } from 'tap'
import type { Hit } from '../../src/core/events.ts'
import { demandNginx, startNginx } from '../engines/nginx.ts'
import { demandS3 } from '../engines/s3.ts'
import { fakeClock } from '../fixtures/fake-clock.ts'
import { giveAlternate, publishedEpisode } from '../fixtures/published-episode.ts'
import { eventually } from '../journey/program.ts'
import { openStation, type Station } from '../station.ts'

const sound = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7919 + 13) % 251))
const noon = Date.parse('2026-03-01T12:00:00Z')
const hourMs = 3_600_000
const cdnSecret = 'the secret of the CDN'

async function stationWithAudio(t: Test, environment: Record<string, string>, now = noon) {
  const clock = fakeClock(now)
  const station = await openStation(t, { clock, environment: { PUBLIC_URL: 'https://radio.example', ...environment } })
  const episode = await publishedEpisode(station, await station.createShow(), {
    bytes: sound,
    publishAt: now - 48 * hourMs,
  })
  const ask = async (room: string, file = 'first-light.mp3', method: 'GET' | 'HEAD' = 'GET', headers = {}) =>
    station.web.inject({ method, url: `/${room}/${episode.id}/${file}`, headers })
  const target = async (...asked: Parameters<typeof ask>) => String((await ask(...asked)).headers.location)
  return { ...station, clock, episode, ask, target }
}

const hits = ({ app }: Station, count: number): Promise<Hit[]> =>
  eventually(20, async () => {
    const read = await app.events.read(0, 100)
    return read.hits.length >= count && read.hits
  })

t.test('without a CDN and a bucket, listeners are sent to the bytes of the station', async (t) => {
  const station = await stationWithAudio(t, { DELIVERY: 'redirect' })
  const { ask, episode, web, target } = station
  const media = `https://radio.example/media/${episode.renditionId}`
  for (const method of ['GET', 'HEAD'] as const) {
    t.match(await ask('audio', 'x.mp3', method), {
      statusCode: 302,
      body: '',
      headers: {
        location: `${media}/x.mp3`,
        'cache-control': 'no-store',
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
      },
    })
  }
  t.equal(await target('download', 'T%C3%A4pe%20%22a%2Fb%22.mp3'), `${media}/download/T%C3%A4pe%20%22a_b%22.mp3`)
  const saved = await web.inject({ url: new URL(await target('download', 'T%C3%A4pe.mp3')).pathname })
  t.match(saved.headers, {
    'content-disposition': `attachment; filename="Tape.mp3"; filename*=UTF-8''T%C3%A4pe.mp3`,
    'cache-control': /immutable/,
  })
  t.ok(saved.rawPayload.equals(sound))
  t.equal((await ask('audio', 'x.ogg')).statusCode, 404, 'what is not there is not redirected')
  t.equal((await web.inject({ method: 'POST', url: `/media/${episode.renditionId}/download/x.mp3` })).statusCode, 405)
})

t.test('a redirect is a hit that says what was asked, and sent nothing', async (t) => {
  const station = await stationWithAudio(t, { DELIVERY: 'redirect' })
  const { app, ask, episode } = station
  const alternate = await giveAlternate(app, episode.id, Buffer.from('advanced audio'))
  await eventually(20, async () => (await ask('audio', 'x.m4a', 'HEAD')).statusCode === 302)
  await ask('audio', 'x.mp3', 'GET', { range: 'bytes=0-1' })
  await ask('download', 'x.m4a')
  const [first, second] = (await hits(station, 3)).filter(({ method }) => method === 'GET')
  t.match(first, { door: 'audio', status: 302, bytesSent: 0, range: 'bytes=0-1', renditionId: episode.renditionId })
  t.match(second, { door: 'download', status: 302, bytesSent: 0, renditionId: alternate.id })
})

t.test('where the log counts, the station writes no hit', async (t) => {
  for (const DELIVERY of ['stream', 'redirect']) {
    const { app, ask } = await stationWithAudio(t, { DELIVERY, COUNT_FROM: 'log' })
    for (const room of ['audio', 'download']) await ask(room)
    await app.events.close()
    t.same((await app.events.read(0, 10)).hits, [])
  }
})

t.test('with a CDN they are sent there, and its secret signs for a day, the same for an hour', async (t) => {
  const plain = await stationWithAudio(t, { CDN_URL: 'https://cdn.example' })
  t.equal(await plain.target('audio', 'x.mp3'), `https://cdn.example/media/${plain.episode.renditionId}/x.mp3`)
  t.equal(
    await plain.target('download'),
    `https://cdn.example/media/${plain.episode.renditionId}/download/first-light.mp3`,
  )
  const signed = await stationWithAudio(t, { CDN_URL: 'https://cdn.example', CDN_SECRET: cdnSecret })
  const first = await signed.target('audio')
  t.match(first, /^https:\/\/cdn\.example\/media\/[\w-]+\/first-light\.mp3\?md5=[\w-]{22}&expires=\d+$/)
  const lasts = Number(new URL(first).searchParams.get('expires')) * 1000 - noon
  t.ok(lasts >= 24 * hourMs && lasts <= 25 * hourMs, `${lasts / hourMs} hours`)
  signed.clock.turnTo(noon + hourMs - 1)
  t.equal(await signed.target('audio'), first)
  signed.clock.turnTo(noon + hourMs)
  t.not(await signed.target('audio'), first)
})

t.test('pages may play what comes from a CDN without TLS', async (t) => {
  const policy = async (environment: Record<string, string>) => {
    const { web } = await openStation(t, { environment })
    return String((await web.inject('/')).headers['content-security-policy'])
  }
  t.match(await policy({ CDN_URL: 'http://cdn.lan:8080' }), "media-src 'self' https: http://cdn.lan:8080;")
  t.match(await policy({}), "media-src 'self' https:;")
})

const port = await demandNginx(t)
if (port !== undefined) {
  t.test('a real nginx as a CDN lets through what is signed, keeps it, and nothing else', async (t) => {
    const cdn = `http://127.0.0.1:${port}`
    const station = await stationWithAudio(t, { CDN_URL: cdn, CDN_SECRET: cdnSecret }, Date.now())
    const { clock, episode, target, web } = station
    const origin = await web.listen({ port: 0, host: '127.0.0.1' })
    await startNginx(t, port, cdnConfiguration(port, origin))
    const url = await target('audio')
    const whole = await fetch(url)
    t.equal(whole.status, 200)
    t.equal(whole.headers.get('x-cache'), 'MISS')
    t.ok(Buffer.from(await whole.arrayBuffer()).equals(sound))
    const part = await fetch(url, { headers: { range: 'bytes=100000-199999' } })
    t.match(Object.fromEntries(part.headers), {
      'x-cache': 'HIT',
      'content-range': `bytes 100000-199999/${sound.length}`,
    })
    t.ok(Buffer.from(await part.arrayBuffer()).equals(sound.subarray(100_000, 200_000)))
    t.equal((await fetch(url, { method: 'HEAD' })).status, 200)
    const saved = await fetch(await target('download', 'T%C3%A4pe%20%231.mp3'))
    t.equal(saved.status, 200, 'names in other scripts are signed as nginx reads them')
    t.match(saved.headers.get('content-disposition'), "filename*=UTF-8''T%C3%A4pe%20%231.mp3")
    await saved.arrayBuffer()
    const { pathname, search } = new URL(url)
    t.equal((await fetch(cdn + pathname)).status, 403)
    t.equal((await fetch(`${cdn}${pathname.replace('first', 'other')}${search}`)).status, 403)
    t.equal((await fetch(`${cdn}${pathname}${search}1`)).status, 403)
    clock.turnTo(Date.now() - 27 * hourMs)
    t.equal((await fetch(await target('audio'))).status, 410)
    t.equal(
      (await web.inject(`/media/${episode.renditionId}/x.mp3`)).statusCode,
      200,
      'the CDN itself needs no signature',
    )
  })
}

const s3 = await demandS3(t)
if (s3) {
  t.test('without a CDN, the bucket serves: ranges, HEAD, names of downloads, and for a day', async (t) => {
    const environment = { DELIVERY: 'redirect', STORAGE_URL: s3.storageUrl('redirect'), ...s3.environment }
    const { target } = await stationWithAudio(t, environment)
    const url = await target('audio')
    t.match(url, new URL(s3.storageUrl()).searchParams.get('endpoint'))
    const seconds = Number(new URL(url).searchParams.get('X-Amz-Expires'))
    t.ok(seconds >= 24 * 3600 && seconds <= 25 * 3600)
    const part = await fetch(url, { headers: { range: 'bytes=1000-1999' } })
    t.equal(part.status, 206)
    t.match(Object.fromEntries(part.headers), {
      'content-type': 'audio/mpeg',
      'content-range': `bytes 1000-1999/${sound.length}`,
    })
    t.ok(Buffer.from(await part.arrayBuffer()).equals(sound.subarray(1000, 2000)))
    const head = await fetch(await target('audio', 'x.mp3', 'HEAD'), { method: 'HEAD' })
    t.equal(head.status, 200)
    t.equal(head.headers.get('content-length'), String(sound.length))
    const saved = await fetch(await target('download', 'T%C3%A4pe.mp3'))
    t.equal(saved.headers.get('content-disposition'), `attachment; filename="Tape.mp3"; filename*=UTF-8''T%C3%A4pe.mp3`)
    t.ok(Buffer.from(await saved.arrayBuffer()).equals(sound))
  })

  t.test('streamed from the bucket, the bucket is told to nobody', async (t) => {
    const environment = { DELIVERY: 'stream', STORAGE_URL: s3.storageUrl('streamed'), ...s3.environment }
    const { ask } = await stationWithAudio(t, environment)
    const part = await ask('audio', 'x.mp3', 'GET', { range: 'bytes=1000-1999' })
    t.match(part, { statusCode: 206, headers: { location: undefined } })
    t.ok(part.rawPayload.equals(sound.subarray(1000, 2000)))
  })
}

/** As docs/operating.md has it, but for TLS. */
const cdnConfiguration = (port: number, origin: string) => `
  proxy_cache_path cache levels=1:2 keys_zone=longwave:4m max_size=64m inactive=1h use_temp_path=off;
  server {
    listen 127.0.0.1:${port};
    location /media/ {
      secure_link $arg_md5,$arg_expires;
      secure_link_md5 "$secure_link_expires$uri ${cdnSecret}";
      if ($secure_link = "") { return 403; }
      if ($secure_link = "0") { return 410; }
      slice 1m;
      proxy_pass ${origin};
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Range $slice_range;
      proxy_cache longwave;
      proxy_cache_key $uri$slice_range;
      proxy_cache_valid 200 206 30d;
      proxy_cache_lock on;
      proxy_cache_use_stale error timeout updating;
      add_header X-Cache $upstream_cache_status;
    }
  }
`
