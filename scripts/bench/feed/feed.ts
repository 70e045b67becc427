import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { pino } from 'pino'
import { type OpenApp, openApp } from '../../../src/app.ts'
import { parseConfig } from '../../../src/core/config.ts'
import { publishFeed } from '../../../src/feeds/publish-feed.ts'
import { startPostgres } from '../../../test/engines/postgres.ts'
import type { Program } from '../../../test/journey/program.ts'
import { type Bench, median, type Row, type Session, withBench } from '../bench-station.ts'
import { heldInWords, readHeld } from '../roll-up/read-held.ts'
import { freshnessRows } from './freshness.ts'
import { type LongShow, makeLongShow } from './long-show.ts'
import { rateRows } from './rates.ts'

const episodes = 1_000
const feedPath = '/shows/long-waves/feed.xml'
const buildTurns = 5
/** A worker that has just started looks at everything once. */
const settleMs = 5_000

/** A feed with a thousand episodes on one page: how fast it is made, answered, and known to every web process. */
export async function feedBench({ rounds }: Session): Promise<Row[]> {
  // Before a station is opened here: that has temporary files lie in its home.
  const postgres = await startPostgres()
  try {
    const databaseUrl = await postgres.createDatabase()
    return [
      ...(await withBench((bench) => onSqlite(bench, rounds))),
      ...(await withBench((bench) => onPostgres(bench, databaseUrl, rounds))),
    ]
  } finally {
    await postgres.stop()
  }
}

async function onSqlite({ folder, start }: Bench, rounds: number): Promise<Row[]> {
  const loopFile = path.join(folder, 'loop')
  const { result, long } = await prepare({ LONGWAVE_HOME: path.join(folder, 'home') }, buildTimes)
  const program = await start({
    LOOP_FILE: loopFile,
    NODE_OPTIONS: `--import=${pathToFileURL(path.join(import.meta.dirname, '../roll-up/watch-loop.js'))}`,
  })
  await sleep(settleMs)
  const rates = await rateRows(program, { folder, feedPath, show: long.show, rounds })
  const wanted = { episodeId: long.readyId, feedPath, rounds }
  // Whoever asks the API first waits for code that was never run; that is not the feed's.
  await freshnessRows([program], 'cold', { ...wanted, rounds: 1 })
  await readHeld(program, loopFile)
  const fresh = await freshnessRows([program], 'ROLE=all on SQLite', wanted)
  const held = await readHeld(program, loopFile)
  return [
    ...rates,
    {
      what: 'building that feed in all codings',
      measured: `${median(result).toFixed(0)} ms (longest of ${result.length}: ${Math.max(...result).toFixed(0)})`,
      target: '<= 150 ms',
    },
    {
      what: 'the web thread held at most while it is built and asked',
      measured: heldInWords(held),
      target: '< 20 ms',
    },
    ...fresh,
  ]
}

async function onPostgres({ folder, start }: Bench, databaseUrl: string, rounds: number): Promise<Row[]> {
  const shared = { DATABASE_URL: databaseUrl, SECRET_KEY: 'the secret of a station on the bench' }
  const at = (name: string) => ({ ...shared, LONGWAVE_HOME: path.join(folder, name) })
  const { long } = await prepare(at('prepared'), async () => undefined)
  const startOne = (name: string, role: string): Promise<Program> =>
    start({ ...at(name), ROLE: role, PUBLIC_URL: 'http://podcasts.example' })
  const webs = [await startOne('web-1', 'web'), await startOne('web-2', 'web')]
  await startOne('worker', 'worker')
  await sleep(settleMs)
  const wanted = { episodeId: long.readyId, feedPath, rounds }
  return freshnessRows(webs, 'two web processes and a worker on PostgreSQL', wanted)
}

/** Makes the show in the station of that environment, and does that work there before the station is closed again. */
async function prepare<T>(
  environment: Record<string, string>,
  work: (app: OpenApp, long: LongShow) => Promise<T>,
): Promise<{ long: LongShow; result: T }> {
  const app = await openApp(parseConfig(environment), pino({ level: 'silent' }))
  try {
    const long = await makeLongShow(app, episodes)
    return { long, result: await work(app, long) }
  } finally {
    await app.close()
  }
}

/** Milliseconds of each build: rows read, XML written, compressed and stored. The first, of cold code, is not counted. */
async function buildTimes(app: OpenApp, { show }: LongShow): Promise<number[]> {
  const times: number[] = []
  for (let turn = 0; turn <= buildTurns; turn += 1) {
    await app.db
      .updateTable('show')
      .set({ description: `Turn ${turn}` })
      .where('id', '=', show.id)
      .execute()
    const startedAt = performance.now()
    await publishFeed(app, { showId: show.id })
    times.push(performance.now() - startedAt)
  }
  return times.slice(1)
}
