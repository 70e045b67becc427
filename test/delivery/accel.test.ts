import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import t, { type Test } from 'tap'
import { demandNginx, startNginx } from '../engines/nginx.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { openStation, type Station } from '../station.ts'

type Headers = Record<string, string>

const sound = Buffer.from(Array.from({ length: 600_000 }, (_, index) => (index * 7919 + 13) % 251))
const size = sound.length

/** As docs/operating.md has it. */
const configuration = (port: number, station: string, home: string) => `
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass ${station};
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Request-Id $request_id;
    }
    location /longwave-storage/ {
      internal;
      alias ${home}/storage/;
      max_ranges 16;
      etag off;
      if_modified_since off;
      add_header ETag $upstream_http_etag;
      add_header Last-Modified $upstream_http_last_modified;
      add_header Access-Control-Allow-Origin $upstream_http_access_control_allow_origin;
      add_header Access-Control-Expose-Headers $upstream_http_access_control_expose_headers;
      add_header Cross-Origin-Resource-Policy $upstream_http_cross_origin_resource_policy;
      add_header X-Content-Type-Options $upstream_http_x_content_type_options;
    }
  }
`

const accel = { DELIVERY: 'accel', TRUST_PROXY: 'true' }

/** A station behind nginx, with an episode. `at` is its address there. */
async function stationBehindNginx(t: Test, port: number) {
  const station = await openStation(t, { environment: accel })
  const episode = await publishedEpisode(station, await station.createShow(), { bytes: sound })
  const own = await station.web.listen({ port: 0, host: '127.0.0.1' })
  await startNginx(t, port, configuration(port, own, station.app.config.home))
  const at = (room: string, id: string | null = episode.id, file = 'first-light.mp3') =>
    `http://127.0.0.1:${port}/${room}/${id}/${file}`
  const ask = async (headers: Headers = {}, method = 'GET', url = at('audio')) => {
    const answer = await fetch(url, { method, headers })
    const body = Buffer.from(await answer.arrayBuffer())
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body }
  }
  return { ...station, episode, at, ask }
}

const port = await demandNginx(t)
if (port !== undefined) behindNginx(port)

function behindNginx(port: number): void {
  t.test('nginx sends the bytes, and listeners see what the station says of them', async (t) => {
    const { api, app, ask, at, episode } = await stationBehindNginx(t, port)
    const direct = await ask()
    t.equal(direct.status, 200)
    t.ok(direct.body.equals(sound))
    t.match(direct.headers, {
      'content-type': 'audio/mpeg',
      'content-length': String(size),
      'accept-ranges': 'bytes',
      'cache-control': 'public, no-cache',
      'access-control-allow-origin': '*',
      'access-control-expose-headers': /etag/,
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
      etag: `"${createHash('sha256').update(sound).digest('hex').slice(0, 32)}"`,
      'last-modified': / GMT$/,
    })
    t.equal(direct.headers['x-accel-redirect'], undefined)
    const media = await ask({}, 'GET', at('media', episode.renditionId))
    t.ok(media.body.equals(sound))
    t.match(media.headers['cache-control'], 'immutable')
    const saved = await ask({}, 'GET', at('download', episode.id, 'T%C3%A4pe.mp3'))
    t.equal(saved.headers['content-disposition'], `attachment; filename="Tape.mp3"; filename*=UTF-8''T%C3%A4pe.mp3`)
    const { exampleUrl } = (await api('POST', `/shows/${episode.showId}/feed-tokens`, { name: 'Ann' })).json()
    const inside = (url: string) => `http://127.0.0.1:${port}${new URL(url).pathname}${new URL(url).search}`
    const { headers } = await fetch(inside(exampleUrl), { redirect: 'manual' })
    const link = await ask({ range: 'bytes=0-9' }, 'GET', inside(String(headers.get('location'))))
    t.match(link, { status: 206, headers: { 'cache-control': 'private, no-store' } }, 'private links too')
    await writeFile(path.join(app.config.home, 'storage', 'plain.mp3'), 'of the disk')
    t.equal(
      (await ask({}, 'GET', `http://127.0.0.1:${port}/longwave-storage/plain.mp3`)).status,
      404,
      'nobody from outside',
    )
    t.equal((await ask({}, 'GET', at('audio', 'nobody'))).status, 404)
  })

  t.test('ranges are answered as RFC 9110 says', async (t) => {
    const { ask } = await stationBehindNginx(t, port)
    const rows: [string, number, number?, number?][] = [
      ['bytes=0-1', 206, 0, 1],
      ['bytes=1000-4999', 206, 1000, 4999],
      [`bytes=${size - 1}-`, 206, size - 1, size - 1],
      [`bytes=100-${size * 2}`, 206, 100, size - 1],
      ['bytes=-5', 206, size - 5, size - 1],
      [`bytes=-${size * 2}`, 206, 0, size - 1],
      [`bytes=${size}-`, 416],
      ['bytes=-0', 416],
      ['items=0-1', 200],
      ['bytes=0-400000,100-500000', 200],
    ]
    for (const [range, status, start = 0, end = size - 1] of rows) {
      const answer = await ask({ range })
      t.equal(answer.status, status, range)
      t.equal(answer.headers['access-control-allow-origin'], '*')
      if (status === 416) {
        t.equal(answer.headers['content-range'], `bytes */${size}`)
        continue
      }
      t.equal(answer.headers['content-range'], status === 206 ? `bytes ${start}-${end}/${size}` : undefined, range)
      t.ok(answer.body.equals(sound.subarray(start, end + 1)), range)
    }
    const several = await ask({ range: 'bytes=0-9, 20-29' })
    t.match(several.headers['content-type'], /^multipart\/byteranges/)
  })

  t.test('conditions are those of the station, whatever the date of its file', async (t) => {
    const { ask } = await stationBehindNginx(t, port)
    const { etag = '', 'last-modified': date = '' } = (await ask()).headers
    const old = 'Sun, 01 Mar 2020 12:00:00 GMT'
    const range = 'bytes=0-9'
    const rows: [Headers, number][] = [
      [{ 'if-none-match': etag }, 304],
      [{ 'if-none-match': `W/${etag}`, range }, 304],
      [{ 'if-none-match': '"x"', range }, 206],
      [{ 'if-modified-since': date }, 304],
      [{ 'if-modified-since': old, range }, 206],
      [{ 'if-match': '"x"', range }, 412],
      [{ 'if-match': etag, range }, 206],
      [{ 'if-match': '*' }, 200],
      [{ 'if-unmodified-since': old }, 412],
      [{ 'if-unmodified-since': date, range }, 206],
      [{ 'if-range': etag, range }, 206],
      [{ 'if-range': date, range }, 206],
      [{ 'if-range': `W/${etag}`, range }, 200],
      [{ 'if-range': '"x"', range }, 200],
      [{ 'if-range': old, range }, 200],
      [{ 'if-range': '"x"', range: `bytes=${size}-` }, 200],
    ]
    for (const [headers, status] of rows) t.equal((await ask(headers)).status, status, JSON.stringify(headers))
    const head = await ask({ range }, 'HEAD')
    t.match(head, { status: 200, headers: { 'content-length': String(size), etag } }, 'a range means nothing to HEAD')
  })
}

t.test('the station leaves the body to nginx, and no hit is its own', async (t) => {
  const station = await openStation(t, { environment: { ...accel, ACCEL_PREFIX: '/inside/' } })
  const episode = await publishedEpisode(station, await station.createShow(), { bytes: sound })
  const url = `/audio/${episode.id}/x.mp3`
  const answer = await station.web.inject({ url, headers: { range: 'bytes=0-9' } })
  t.match(answer, { statusCode: 200, body: '', headers: { 'content-type': 'audio/mpeg' } })
  t.match(answer.headers['x-accel-redirect'], new RegExp(`^/inside/shows/${episode.showId}/episodes/[\\w/.-]+\\.mp3$`))
  t.equal(answer.headers['accept-ranges'], undefined)
  for (const method of ['GET', 'HEAD'] as const)
    await station.web.inject({ method, url, headers: { 'if-match': '"x"' } })
  t.same(await hitsOf(station), [])
})

/** All that were ever written: a station that closes ships what it has. */
async function hitsOf({ app }: Station) {
  await app.events.close()
  return (await app.events.read(0, 100)).hits
}
