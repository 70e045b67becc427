import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { access, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { openApp } from '../../../src/app.ts'
import { parseConfig } from '../../../src/core/config.ts'
import { createShow } from '../../../src/shows/show.ts'
import { publishedEpisode } from '../../../test/fixtures/published-episode.ts'
import { residentMb } from '../../../test/fixtures/resident.ts'
import type { Program } from '../../../test/journey/program.ts'
import { aShow } from '../../../test/station.ts'
import { median, percentile, type Row, type Session, withBench } from '../bench-station.ts'
import { startNginx } from './nginx.ts'
import { type Load, load, randomRanges } from './wrk.ts'

const fileBytes = 57_000_000
const rangeBytes = 256 * 1024
/** BENCH_SECONDS: fewer, to try it. */
const seconds = Number(process.env.BENCH_SECONDS ?? 8)
const slow = { count: 1000, bytesPerSecond: 32_000 }

/** Our bytes beside those of nginx: the same file, one worker each, in turns; and many slow listeners at a station that was just started. */
export async function deliveryBench({ rounds }: Session): Promise<Row[]> {
  const missing = await lacking('nginx', 'wrk')
  if (missing) throw new Error(`This bench needs ${missing}: apt-get install nginx-light wrk`)
  return withBench(async ({ folder, start }) => {
    const bytes = randomBytes(fileBytes)
    const { episodeId, slug } = await prepare(path.join(folder, 'home'), bytes)
    const program = await start()
    const addressAt = ({ url }: Program) => `${url.replace('localhost', '127.0.0.1')}/audio/${episodeId}/episode.mp3`
    const ranges = await randomRanges(folder, fileBytes, rangeBytes)
    const served = path.join(folder, 'served')
    await mkdir(served)
    await writeFile(path.join(served, 'episode.mp3'), bytes)
    const nginx = await startNginx(folder, served)
    try {
      const both = { ours: addressAt(program), nginx: `${nginx.url}/episode.mp3` }
      const whole = await inTurns(both, { connections: 16, rounds })
      const parts = await inTurns(both, { connections: 32, rounds, script: ranges })
      const { now } = await residentMb(program.pid)
      await program.stop()
      const fresh = await start()
      return [
        ratioRow('whole downloads of 57 MB, 16 connections', whole, 'bytesPerSecond', '>= 1.0 × nginx'),
        ratioRow('random ranges of 256 KiB, 32 connections', parts, 'requestsPerSecond', '>= 0.8 × nginx'),
        { what: 'resident memory after that load', measured: `${now.toFixed(0)} MB`, target: '' },
        ...(await slowRows(fresh, addressAt(fresh), slug)),
      ]
    } finally {
      nginx.stop()
    }
  })
}

async function lacking(...programs: string[]): Promise<string | undefined> {
  for (const program of programs) {
    const places = (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, program))
    const found = await Promise.any(places.map((place) => access(place))).then(
      () => true,
      () => false,
    )
    if (!found) return program
  }
  return undefined
}

async function prepare(home: string, bytes: Buffer): Promise<{ episodeId: string; slug: string }> {
  const app = await openApp(parseConfig({ LONGWAVE_HOME: home }), pino({ level: 'silent' }))
  try {
    const show = await createShow(app, aShow)
    const { id } = await publishedEpisode({ app }, show, { bytes })
    return { episodeId: id, slug: show.slug }
  } finally {
    await app.close()
  }
}

type Sides = Readonly<{ ours: string; nginx: string }>
type Measured = Readonly<{ ours: Load[]; nginx: Load[] }>

async function inTurns(
  sides: Sides,
  { connections, rounds, script }: { connections: number; rounds: number; script?: string },
): Promise<Measured> {
  const measured = { ours: [] as Load[], nginx: [] as Load[] }
  for (const side of ['ours', 'nginx'] as const) await load(sides[side], { connections, seconds: 2, script })
  for (let round = 0; round < rounds; round += 1) {
    for (const side of ['ours', 'nginx'] as const) {
      measured[side].push(await load(sides[side], { connections, seconds, script }))
    }
  }
  return measured
}

function ratioRow(what: string, { ours, nginx }: Measured, unit: keyof Load, target: string): Row {
  const [own, other] = [ours, nginx].map((loads) => median(loads.map((each) => each[unit]))) as [number, number]
  const say = (value: number) =>
    unit === 'bytesPerSecond' ? `${(value / 1e9).toFixed(2)} GB/s` : `${value.toFixed(0)} a second`
  return { what, measured: `${(own / other).toFixed(2)} × nginx (${say(own)}; nginx ${say(other)})`, target }
}

async function slowRows(program: Program, url: string, slug: string): Promise<Row[]> {
  const script = path.join(import.meta.dirname, 'slow-listeners.js')
  const listeners = spawn(process.execPath, [script, url, String(slow.count), String(slow.bytesPerSecond)])
  await sleep(3_000)
  try {
    const times: number[] = []
    let resident = 0
    for (let look = 0; look < 400; look += 1) {
      const startedAt = performance.now()
      await (await fetch(`${program.url}/shows/${slug}/feed.xml`)).arrayBuffer()
      times.push(performance.now() - startedAt)
      if (look % 20 === 0) resident = Math.max(resident, (await residentMb(program.pid)).now)
      await sleep(25)
    }
    const what = `${slow.count} listeners at ${slow.bytesPerSecond / 1000} kB/s each`
    return [
      { what: `${what}: resident memory`, measured: `${resident.toFixed(0)} MB`, target: '< 250 MB' },
      {
        what: `${what}: p99 of a feed request meanwhile`,
        measured: `${percentile(times, 0.99).toFixed(1)} ms (median ${median(times).toFixed(1)})`,
        target: '< 20 ms',
      },
    ]
  } finally {
    listeners.kill('SIGKILL')
  }
}
