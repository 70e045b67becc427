import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { pino } from 'pino'
import { rollUpSoon } from '../../../src/analytics/roll-up.ts'
import { type OpenApp, openApp } from '../../../src/app.ts'
import type { App } from '../../../src/core/app.ts'
import { parseConfig } from '../../../src/core/config.ts'
import { startPostgres } from '../../../test/engines/postgres.ts'
import { residentMb } from '../../../test/fixtures/resident.ts'
import { eventually, type Program } from '../../../test/journey/program.ts'
import { type Bench, median, percentile, type Row, withBench } from '../bench-station.ts'
import { makeHits } from './audience.ts'
import { makeShows, mostEpisodes } from './catalogue.ts'
import { heldInWords, readHeld } from './read-held.ts'
import type { Held } from './watch-loop.ts'

/** BENCH_HITS: fewer, to try it. */
const hits = Number(process.env.BENCH_HITS ?? 1_000_000)
const days = 30
const dayMs = 24 * 60 * 60 * 1000
const patienceSeconds = 600
const settleMs = 3_000
const lookEveryMs = 100
const probeEveryMs = 5
const reportTurns = 25

/** Nothing is counted while the cursor stands there: no hit comes after it. */
const parked = Number.MAX_SAFE_INTEGER

/** What many hits at once cost the running program, on both databases; its worker is a thread beside the one that serves. */
export async function rollUpBench(): Promise<Row[]> {
  // Before a station is opened here: that has temporary files lie in its home.
  const postgres = await startPostgres()
  try {
    const databaseUrl = await postgres.createDatabase()
    const onPostgres = { target: '<= 20 s', databaseUrl }
    return [
      ...(await withBench((bench) => rollUpOn(bench, 'SQLite', { target: '<= 10 s' }))),
      ...(await withBench((bench) => rollUpOn(bench, 'PostgreSQL', onPostgres))),
    ]
  } finally {
    await postgres.stop()
  }
}

type Options = Readonly<{ target: string; databaseUrl?: string }>

async function rollUpOn({ folder, start }: Bench, engine: string, { target, databaseUrl }: Options): Promise<Row[]> {
  const home = path.join(folder, 'home')
  await mkdir(home)
  const loopFile = path.join(folder, 'loop')
  const environment = {
    LONGWAVE_HOME: home,
    ...(databaseUrl && { DATABASE_URL: databaseUrl, SECRET_KEY: 'the secret of a station on the bench' }),
  }
  const app = await openApp(parseConfig(environment), pino({ level: 'silent' }), { isAlone: false })
  try {
    const program = await start({
      ...environment,
      LOOP_FILE: loopFile,
      NODE_OPTIONS: `--import=${pathToFileURL(path.join(import.meta.dirname, 'watch-loop.js'))}`,
    })
    await park(app)
    const { showId, last } = await fill(app)
    await sleep(settleMs)
    const counted = await measure(app, program, { last, loopFile })
    const what = `${hits.toLocaleString('en')} hits rolled up on ${engine}`
    return [
      { what, measured: `${counted.seconds.toFixed(1)} s`, target },
      { what: `${what}: resident memory more`, measured: `${counted.moreMb.toFixed(0)} MB`, target: 'flat' },
      {
        what: `${what}: the web thread held, and its answers`,
        measured: `${heldInWords(counted.held)}; ${percentile(counted.answers, 0.99).toFixed(1)} ms p99 (median ${median(counted.answers).toFixed(1)}, longest ${Math.max(...counted.answers).toFixed(1)})`,
        target: 'never 20 ms',
      },
      ...(await reportRows(program, engine, { showId, loopFile })),
    ]
  } finally {
    await app.close()
  }
}

/** Reports of the show that has most episodes: of a day on which it was heard much, and of all days. */
async function reportRows(
  program: Program,
  engine: string,
  { showId, loopFile }: { showId: string; loopFile: string },
): Promise<Row[]> {
  await readHeld(program, loopFile)
  const day = new Date(Date.now() - 2 * dayMs).toISOString().slice(0, 10)
  const wishes = { 'a day by episode': `from=${day}&to=${day}&by=episode`, 'thirty days by day': 'by=day' }
  const rows: Row[] = []
  for (const [wish, query] of Object.entries(wishes)) {
    const times: number[] = []
    for (let turn = 0; turn < reportTurns; turn += 1) {
      const startedAt = performance.now()
      const answer = await program.api('GET', `/shows/${showId}/downloads?${query}`)
      const body = await answer.text()
      if (!answer.ok) throw new Error(`The report was refused: ${body}`)
      times.push(performance.now() - startedAt)
    }
    rows.push({
      what: `a report of a show with ${mostEpisodes.toLocaleString('en')} episodes on ${engine}: ${wish}`,
      measured: `${median(times).toFixed(1)} ms (longest ${Math.max(...times).toFixed(1)})`,
      target: '<= 50 ms',
    })
  }
  const held = heldInWords(await readHeld(program, loopFile))
  return [...rows, { what: `the same on ${engine}: the web thread held at most`, measured: held, target: '< 20 ms' }]
}

/** When the program has looked at its empty log, so that it does not begin with what is put there. */
async function park({ db }: App): Promise<void> {
  await eventually(patienceSeconds, async () => (await readCounting({ db })).rules !== '')
  await db.updateTable('counting').set({ position: parked }).execute()
}

const readCounting = ({ db }: Pick<App, 'db'>) => db.selectFrom('counting').selectAll().executeTakeFirstOrThrow()

async function fill(app: OpenApp): Promise<{ showId: string; last: number }> {
  const to = Math.floor(Date.now() / dayMs) * dayMs
  const { showId, episodes } = await makeShows(app, to)
  for (const some of makeHits({ episodes, hits, from: to - days * dayMs, to })) await app.events.appendAll(some)
  const { last } = await app.db
    .selectFrom('hit')
    .select(({ fn }) => fn.max('position').as('last'))
    .executeTakeFirstOrThrow()
  return { showId, last }
}

type Counted = Readonly<{ seconds: number; moreMb: number; held: Held; answers: readonly number[] }>

async function measure(
  app: App,
  program: Program,
  { last, loopFile }: { last: number; loopFile: string },
): Promise<Counted> {
  const before = await residentMb(program.pid)
  await readHeld(program, loopFile)
  const probing = new AbortController()
  const probes = probe(program, probing.signal)
  const startedAt = performance.now()
  await app.db.updateTable('counting').set({ position: 0 }).execute()
  await rollUpSoon(app)
  let mostMb = 0
  while ((await readCounting(app)).position < last) {
    mostMb = Math.max(mostMb, (await residentMb(program.pid)).now)
    if (performance.now() - startedAt > patienceSeconds * 1000) throw new Error('the hits are not counted')
    await sleep(lookEveryMs)
  }
  const seconds = (performance.now() - startedAt) / 1000
  probing.abort()
  const answers = await probes
  return { seconds, moreMb: mostMb - before.now, held: await readHeld(program, loopFile), answers }
}

/** How long each answer took, ms. */
async function probe(program: Program, signal: AbortSignal): Promise<number[]> {
  const answers: number[] = []
  while (!signal.aborted) {
    const startedAt = performance.now()
    await (await fetch(`${program.url}/health/live`)).arrayBuffer()
    answers.push(performance.now() - startedAt)
    await sleep(probeEveryMs)
  }
  return answers
}
