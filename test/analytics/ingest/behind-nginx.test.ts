import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { request as ask } from 'node:http'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { countDownloads } from '../../../src/analytics/count-downloads.ts'
import { createLogIngest } from '../../../src/analytics/ingest/ingest-log.ts'
import { emptyLineTally } from '../../../src/analytics/ingest/line-tally.ts'
import { coveredBytes } from '../../../src/analytics/intervals.ts'
import { listenerOf } from '../../../src/analytics/listener.ts'
import type { Hit } from '../../../src/core/events.ts'
import { findRendition } from '../../../src/shows/rendition.ts'
import { demandNginx, startNginx } from '../../engines/nginx.ts'
import { publishedEpisode } from '../../fixtures/published-episode.ts'
import { temporary } from '../../fixtures/temporary.ts'
import { eventually } from '../../journey/program.ts'
import { openStation, type Station } from '../../station.ts'

/** The log_format that docs/operating.md recommends. */
const logFormat = `
  log_format longwave escape=json
    '{"request_id":"$request_id","msec":"$msec","remote_addr":"$remote_addr","request_method":"$request_method",'
    '"request_uri":"$request_uri","status":"$status","body_bytes_sent":"$body_bytes_sent","http_range":"$http_range",'
    '"http_user_agent":"$http_user_agent","http_referer":"$http_referer"}';
`

/** At this rate a minute is 12 MB: far more than the buffers of the kernel hold when somebody goes away. */
const bitrateKbps = 1_600
const million = 1_000_000
const sound = Buffer.alloc(30 * million, 'sound ')

type Asked = Readonly<{
  from: string
  agent: string
  method?: string
  range?: string
  /** Goes away after so many bytes. */
  leaveAfter?: number
}>

/** What listeners ask for, each from an address and with an app of its own, and what has to be counted. */
const requests: readonly Asked[] = [
  { from: '127.0.0.2', agent: 'Castro whole' },
  { from: '127.0.0.3', agent: 'Castro probe', range: 'bytes=0-1' },
  { from: '127.0.0.4', agent: 'Castro pieces', range: 'bytes=0-1' },
  { from: '127.0.0.4', agent: 'Castro pieces', range: 'bytes=0-5999999' },
  { from: '127.0.0.4', agent: 'Castro pieces', range: 'bytes=6000000-12999999' },
  { from: '127.0.0.5', agent: 'Castro again', range: 'bytes=0-6999999' },
  { from: '127.0.0.5', agent: 'Castro again', range: 'bytes=0-6999999' },
  { from: '127.0.0.6', agent: 'Castro head', method: 'HEAD' },
  { from: '127.0.0.7', agent: 'curl/8.10.1' },
  { from: '127.0.0.8', agent: 'Castro left early', leaveAfter: million },
  { from: '127.0.0.9', agent: 'Castro left late', leaveAfter: 20 * million },
  { from: '127.0.0.10', agent: 'Castro end', range: 'bytes=-13000000' },
  { from: '127.0.0.10', agent: 'Castro beyond', range: 'bytes=99999999-' },
  { from: '127.0.0.2', agent: 'Castro neighbour', range: 'bytes=10000000-' },
]
const counted = ['Castro end', 'Castro left late', 'Castro neighbour', 'Castro pieces', 'Castro whole']

const secret = { SECRET_KEY: 'the same secret for every station here' }

type Front = Readonly<{
  environment: Record<string, string>
  /** The locations of its server. */
  locations(station: string, home: string): string
  /** Whether listeners come to it by the station, which redirects them. */
  isCdn?: boolean
}>

const proxyTo = (station: string) => `
  proxy_pass ${station}; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $host;
  proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header X-Request-Id $request_id;
`

const fronts: Readonly<Record<string, Front>> = {
  'a plain proxy': {
    environment: { TRUST_PROXY: 'true', COUNT_FROM: 'log' },
    locations: (station) => `location / { ${proxyTo(station)} proxy_buffering off; }`,
  },
  accel: {
    environment: { TRUST_PROXY: 'true', DELIVERY: 'accel' },
    locations: (station, home) => `
      location / { ${proxyTo(station)} }
      location /longwave-storage/ { internal; alias ${home}/storage/; }`,
  },
  'a CDN that caches': {
    environment: { COUNT_FROM: 'log' },
    isCdn: true,
    locations: (station) => `
      location / { ${proxyTo(station)} }
      location /media/ {
        slice 1m;
        proxy_cache cdn; proxy_cache_key $uri$slice_range; proxy_cache_valid 200 206 1h;
        ${proxyTo(station)} proxy_set_header Range $slice_range;
      }`,
  },
}

const port = await demandNginx(t)
if (port !== undefined) behindNginx(port)

function behindNginx(port: number): void {
  for (const [name, front] of Object.entries(fronts)) {
    t.test(`the log of ${name} gives the counts that the station itself would`, async (t) => {
      const own = await openStationWithAudio(t, {})
      await askAll(`${own.origin}${own.url}`)
      const ownHits = await hitsOf(own.app, requests.length)

      const behind = await openStationWithAudio(t, { ...front.environment, ...(front.isCdn && { CDN_URL: at(port) }) })
      const log = await startFront(t, port, front, behind)
      await askAll(`${front.isCdn ? behind.origin : at(port)}${behind.url}`)
      await eventually(20, async () => (await linesOf(log)) >= requests.length)
      t.strictSame((await behind.app.events.read(0, 100)).hits, [], 'the station wrote none')
      await ingest(t, behind.app, log)

      const logged = await hitsOf(behind.app, requests.length)
      t.strictSame(new Set(logged.map(({ source }) => source)), new Set(['log']))
      t.notMatch(JSON.stringify(logged), '127.0.0.')
      const [expected, found] = [await countOf(own, ownHits), await countOf(behind, logged)]
      t.strictSame(
        found.map(({ agent }) => agent),
        counted,
      )
      t.strictSame(found, expected)
      await ingest(t, behind.app, log)
      t.equal((await behind.app.events.read(0, 100)).hits.length, requests.length, 'taken again, nothing is new')
    })
  }
}

const at = (port: number) => `http://127.0.0.1:${port}`

async function openStationWithAudio(t: Test, environment: Record<string, string>) {
  const { app, web, createShow } = await openStation(t, { environment: { ...secret, ...environment } })
  const { id, renditionId } = await publishedEpisode({ app }, await createShow(), { bytes: sound })
  await app.db.updateTable('rendition').set({ bitrateKbps }).where('id', '=', renditionId).execute()
  const origin = await web.listen({ port: 0, host: '127.0.0.1' })
  return { app, origin, url: `/audio/${id}/first-light.mp3`, renditionId: renditionId ?? '' }
}

/** Returns the file of its log. */
async function startFront(
  t: Test,
  port: number,
  front: Front,
  { app, origin }: { app: Station['app']; origin: string },
) {
  const folder = await mkdtemp(path.join(temporary, 'longwave-front-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const log = path.join(folder, `${randomUUID()}.log`)
  await startNginx(
    t,
    port,
    `${logFormat}
    proxy_cache_path ${folder}/cache keys_zone=cdn:4m max_size=256m use_temp_path=off;
    server {
      listen 127.0.0.1:${port};
      access_log ${log} longwave;
      location /health { access_log off; ${proxyTo(origin)} }
      ${front.locations(origin, app.config.home)}
    }`,
  )
  return log
}

async function askAll(url: string): Promise<void> {
  for (const asked of requests) {
    await fetchFrom(url, asked)
    // Equal requests would be one line, but for the milliseconds.
    await sleep(2)
  }
}

/** Fetches as a listener's app does, over a connection of its own, and follows a redirect. */
function fetchFrom(url: string, asked: Asked): Promise<void> {
  const { from: localAddress, agent, method = 'GET', range, leaveAfter = Number.POSITIVE_INFINITY } = asked
  const headers = { 'user-agent': agent, ...(range && { range }) }
  return new Promise((resolve, reject) => {
    const sent = ask(url, { localAddress, method, headers, agent: false }, (answer) => {
      let received = 0
      answer.on('data', (chunk: Buffer) => {
        received += chunk.length
        if (received > leaveAfter) sent.destroy()
      })
      answer.on('close', () => resolve(answer.headers.location ? fetchFrom(answer.headers.location, asked) : undefined))
    })
    sent.on('error', (error) => (leaveAfter === Number.POSITIVE_INFINITY ? reject(error) : resolve())).end()
  })
}

const linesOf = async (log: string) => (await readFile(log, 'utf8')).split('\n').length - 1

async function ingest(t: Test, app: Station['app'], log: string): Promise<void> {
  const tally = emptyLineTally()
  await createLogIngest(app, { countryOf: () => undefined, oldest: 0 })(createReadStream(log), tally)
  t.match(tally, { lines: requests.length, passedOver: 0, notUnderstood: 0 })
}

const hitsOf = (app: Station['app'], count: number): Promise<Hit[]> =>
  eventually(20, async () => {
    const { hits } = await app.events.read(0, 100)
    return hits.length >= count && hits
  })

/** What is counted, by app: how it came, and how many bytes, where the listener did not go away. */
async function countOf({ app, renditionId }: { app: Station['app']; renditionId: string }, hits: readonly Hit[]) {
  const rendition = await findRendition(app, renditionId)
  const agents = new Map(hits.map((hit) => [listenerOf(hit), hit.userAgent ?? '']))
  const downloads = countDownloads(hits, {
    factsOf: () => rendition,
    ruleOf: () => ({ window: 'first-touch', timeZone: null }),
  })
  const found = downloads.map(({ listener, window: { certainty, isDownload, heard } }) => {
    const agent = agents.get(listener) ?? ''
    const bytes = agent === 'Castro left late' ? 'some' : coveredBytes(heard[renditionId] ?? [])
    return { agent, certainty, isDownload, bytes }
  })
  return found.sort((one, other) => (one.agent < other.agent ? -1 : 1))
}
