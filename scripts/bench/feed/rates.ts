import { spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Show, usualPageSize } from '../../../src/shows/show.ts'
import { eventually, freePort, type Program } from '../../../test/journey/program.ts'
import { median, type Row } from '../bench-station.ts'
import { startNginx } from '../delivery/nginx.ts'
import { load } from '../delivery/wrk.ts'

/** BENCH_SECONDS: fewer, to try it. */
const seconds = Number(process.env.BENCH_SECONDS ?? 8)
const connections = 32

type Side = Readonly<{ url: string; headers?: Readonly<Record<string, string>> }>

type Asked = Readonly<{ folder: string; feedPath: string; show: Show; rounds: number }>

/**
 * How often a second a feed is answered, beside a route of Fastify that does nothing, and beside nginx with as many bytes in a
 * file: a process each, in turns. With all episodes on one page, then with the usual one.
 */
export async function rateRows(program: Program, { folder, feedPath, show, rounds }: Asked): Promise<Row[]> {
  const url = `${program.url.replace('localhost', '127.0.0.1')}${feedPath}`
  const { etag, bytes } = await look(url)
  const empty = await startEmptyRoute()
  const nginx = await startFileServer(folder, bytes)
  try {
    const long = await compare(rounds, {
      empty: { url: empty.url },
      unchanged: { url, headers: { ...gzip, 'if-none-match': etag } },
      whole: { url, headers: gzip },
      nginx: { url: nginx.url },
    })
    const setPageSize = (feedPageSize: number) => program.api('PATCH', `/shows/${show.id}`, { feedPageSize })
    await setPageSize(usualPageSize)
    const page = await eventually(10, async () => smaller(await look(url), bytes))
    const usual = await compare(rounds, { empty: { url: empty.url }, whole: { url, headers: gzip } })
    await setPageSize(show.feedPageSize)
    return [
      besideEmpty('304 of a feed with 1,000 episodes', long.unchanged, long.empty),
      besideEmpty(`gzip 200 of the same, ${kilobytes(bytes)} each`, long.whole, long.empty),
      {
        what: 'the same beside nginx that sends as many bytes of a file',
        measured: `${ratio(long.whole, long.nginx)} (nginx ${long.nginx.toFixed(0)} a second, ${ratio(long.nginx, long.empty)} the empty route)`,
        target: '-',
      },
      besideEmpty(`gzip 200 of its usual page, ${kilobytes(page.bytes)} each`, usual.whole, usual.empty),
    ]
  } finally {
    empty.stop()
    nginx.stop()
  }
}

const gzip = { 'accept-encoding': 'gzip' }

type Seen = Readonly<{ etag: string; bytes: number }>

async function look(feed: string): Promise<Seen> {
  const { headers, body } = await fetch(feed, { headers: gzip })
  await body?.cancel()
  return { etag: headers.get('etag') ?? '', bytes: Number(headers.get('content-length')) }
}

const smaller = (seen: Seen, bytes: number): Seen | undefined => (seen.bytes < bytes / 2 ? seen : undefined)

/** The median rate of each side, asked in turns. */
async function compare<Name extends string>(
  rounds: number,
  sides: Readonly<Record<Name, Side>>,
): Promise<Record<Name, number>> {
  const names = Object.keys(sides) as Name[]
  const rates = new Map(names.map((name) => [name, [] as number[]]))
  for (const name of names) await ask(sides[name], Math.min(2, seconds))
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) rates.get(name)?.push(await ask(sides[name], seconds))
  }
  return Object.fromEntries(names.map((name) => [name, median(rates.get(name) ?? [])])) as Record<Name, number>
}

const besideEmpty = (what: string, ours: number, empty: number): Row => ({
  what,
  measured: `${ratio(ours, empty)} (${ours.toFixed(0)} a second; the empty route ${empty.toFixed(0)})`,
  target: '>= 0.8 × an empty Fastify route',
})

const ratio = (one: number, other: number) => `${(one / other).toFixed(2)} ×`

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`

/** nginx with one file of so many bytes. */
async function startFileServer(folder: string, bytes: number): Promise<Readonly<{ url: string; stop(): void }>> {
  const served = path.join(folder, 'served')
  await mkdir(served)
  await writeFile(path.join(served, 'feed'), Buffer.alloc(bytes, 'x'))
  const nginx = await startNginx(folder, served)
  return { ...nginx, url: `${nginx.url}/feed` }
}

async function ask({ url, headers }: Side, duration: number): Promise<number> {
  return (await load(url, { connections, seconds: duration, headers })).requestsPerSecond
}

async function startEmptyRoute(): Promise<Readonly<{ url: string; stop(): void }>> {
  const port = await freePort()
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'empty-route.js'), String(port)], {
    stdio: 'inherit',
  })
  const url = `http://127.0.0.1:${port}/`
  await eventually(10, async () => (await fetch(url)).ok)
  return { url, stop: () => void child.kill('SIGTERM') }
}
