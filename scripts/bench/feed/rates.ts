import { spawn } from 'node:child_process'
import path from 'node:path'
import { eventually, freePort, type Program } from '../../../test/journey/program.ts'
import { median, type Row } from '../bench-station.ts'
import { load } from '../delivery/wrk.ts'

/** BENCH_SECONDS: fewer, to try it. */
const seconds = Number(process.env.BENCH_SECONDS ?? 8)
const connections = 32

type Side = Readonly<{ url: string; headers?: Readonly<Record<string, string>> }>

/** How often a second a feed is answered, beside a route of Fastify that does nothing: a process each, in turns. */
export async function rateRows(program: Program, feedPath: string, rounds: number): Promise<Row[]> {
  const feed = `${program.url.replace('localhost', '127.0.0.1')}${feedPath}`
  const gzip = { 'accept-encoding': 'gzip' }
  const answer = await fetch(feed, { headers: gzip })
  const bytes = Number(answer.headers.get('content-length'))
  const empty = await startEmptyRoute()
  try {
    const sides: Readonly<Record<'empty' | 'unchanged' | 'whole', Side>> = {
      empty: { url: empty.url },
      unchanged: { url: feed, headers: { ...gzip, 'if-none-match': answer.headers.get('etag') ?? '' } },
      whole: { url: feed, headers: gzip },
    }
    const rates = { empty: [] as number[], unchanged: [] as number[], whole: [] as number[] }
    const names = Object.keys(sides) as (keyof typeof sides)[]
    for (const name of names) await ask(sides[name], Math.min(2, seconds))
    for (let round = 0; round < rounds; round += 1) {
      for (const name of names) rates[name].push(await ask(sides[name], seconds))
    }
    const row = (what: string, own: readonly number[]): Row => {
      const [ours, none] = [median(own), median(rates.empty)]
      const measured = `${(ours / none).toFixed(2)} × (${ours.toFixed(0)} a second; the empty route ${none.toFixed(0)})`
      return { what, measured, target: '>= 0.8 × an empty Fastify route' }
    }
    return [
      row('304 of a feed with 1,000 episodes', rates.unchanged),
      row(`gzip 200 of the same, ${(bytes / 1000).toFixed(0)} kB each`, rates.whole),
    ]
  } finally {
    empty.stop()
  }
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
