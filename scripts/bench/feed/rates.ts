import { spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { eventually, freePort, type Program } from '../../../test/journey/program.ts'
import { median, type Row } from '../bench-station.ts'
import { startNginx } from '../delivery/nginx.ts'
import { load } from '../delivery/wrk.ts'

/** BENCH_SECONDS: fewer, to try it. */
const seconds = Number(process.env.BENCH_SECONDS ?? 8)
const connections = 32

type Side = Readonly<{ url: string; headers?: Readonly<Record<string, string>> }>

type Asked = Readonly<{ folder: string; feedPath: string; rounds: number }>

/**
 * How often a second a feed is answered, beside a route of Fastify that does nothing, and beside nginx with the same compressed
 * bytes in a file: a process each, in turns.
 */
export async function rateRows(program: Program, { folder, feedPath, rounds }: Asked): Promise<Row[]> {
  const feed = `${program.url.replace('localhost', '127.0.0.1')}${feedPath}`
  const gzip = { 'accept-encoding': 'gzip' }
  const answer = await fetch(feed, { headers: gzip })
  const bytes = Number(answer.headers.get('content-length'))
  const empty = await startEmptyRoute()
  const nginx = await startFileServer(folder, bytes)
  try {
    const sides = {
      empty: { url: empty.url },
      unchanged: { url: feed, headers: { ...gzip, 'if-none-match': answer.headers.get('etag') ?? '' } },
      whole: { url: feed, headers: gzip },
      nginx: { url: nginx.url },
    } satisfies Record<string, Side>
    const rates = { empty: [] as number[], unchanged: [] as number[], whole: [] as number[], nginx: [] as number[] }
    const names = Object.keys(sides) as (keyof typeof sides)[]
    for (const name of names) await ask(sides[name], Math.min(2, seconds))
    for (let round = 0; round < rounds; round += 1) {
      for (const name of names) rates[name].push(await ask(sides[name], seconds))
    }
    const [none, whole, file] = [median(rates.empty), median(rates.whole), median(rates.nginx)]
    const row = (what: string, ours: number): Row => {
      const measured = `${(ours / none).toFixed(2)} × (${ours.toFixed(0)} a second; the empty route ${none.toFixed(0)})`
      return { what, measured, target: '>= 0.8 × an empty Fastify route' }
    }
    return [
      row('304 of a feed with 1,000 episodes', median(rates.unchanged)),
      row(`gzip 200 of the same, ${(bytes / 1000).toFixed(0)} kB each`, whole),
      {
        what: 'the same beside nginx that sends as many bytes of a file',
        measured: `${(whole / file).toFixed(2)} × (nginx ${file.toFixed(0)} a second, ${(file / none).toFixed(2)} × the empty route)`,
        target: '-',
      },
    ]
  } finally {
    empty.stop()
    nginx.stop()
  }
}

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
