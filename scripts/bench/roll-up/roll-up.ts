import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { pino } from 'pino'
import { getCursor } from '../../../src/analytics/roll-up/cursor.ts'
import { rollUp } from '../../../src/analytics/roll-up.ts'
import { type OpenApp, openApp } from '../../../src/app.ts'
import { parseConfig } from '../../../src/core/config.ts'
import type { Db } from '../../../src/core/db.ts'
import { newId } from '../../../src/core/ids.ts'
import { createShow } from '../../../src/shows/show.ts'
import { startPostgres } from '../../../test/engines/postgres.ts'
import { jobRun } from '../../../test/fixtures/job-run.ts'
import { logHits } from '../../../test/fixtures/logged-hits.ts'
import { publishedEpisode } from '../../../test/fixtures/published-episode.ts'
import type { Program } from '../../../test/journey/program.ts'
import { aShow } from '../../../test/station.ts'
import { type Bench, median, type Row, residentMb, withBench } from '../bench-station.ts'
import { manyHits, type Subject } from './many-hits.ts'

const hits = Number(process.env.BENCH_HITS ?? 1_000_000)
const episodes = 1_000
const pollMs = 50
const asks = 21

/**
 * So many hits (BENCH_HITS) are counted by a `ROLE=all` process that is asked for pages and reports meanwhile: how long it takes,
 * how much memory, and for how long the thread that serves is held at most; then how long reports take. On both databases.
 */
export async function rollUpBench(): Promise<Row[]> {
  const rows = await withBench((bench) => measure(bench, { engine: 'SQLite', target: 10 }))
  const postgres = await startPostgres()
  try {
    const environment = {
      DATABASE_URL: await postgres.createDatabase(),
      SECRET_KEY: 'a secret of this bench, thirty-two',
    }
    rows.push(...(await withBench((bench) => measure(bench, { engine: 'PostgreSQL', target: 20, environment }))))
  } finally {
    await postgres.stop()
  }
  return rows
}

type Case = Readonly<{ engine: string; target: number; environment?: Record<string, string> }>

async function measure({ folder, start }: Bench, { engine, target, environment = {} }: Case): Promise<Row[]> {
  const loopFile = path.join(folder, 'loop.json')
  const app = await openApp(
    parseConfig({ LONGWAVE_HOME: path.join(folder, 'home'), ...environment }),
    pino({ level: 'silent' }),
  )
  try {
    const { showId, slug } = await prepare(app)
    const program = await start({
      ...environment,
      NODE_OPTIONS: `--import=${pathToFileURL(path.join(import.meta.dirname, 'watch-loop.js'))}`,
      LOOP_FILE: loopFile,
    })
    const urls = [`/shows/${slug}/feed.xml`, `/shows/${slug}`, `/api/shows/${showId}/downloads?by=episode`]
    for (let count = 0; count < 60; count += 1) await ask(program, urls)
    process.kill(program.pid, 'SIGUSR2')

    const seconds = await whileAsking(program, urls, () => countAll(app.db))
    await sleep(500)
    const { longestMs } = JSON.parse(await readFile(loopFile, 'utf8'))
    const memory = await residentMb(program.pid)
    return [
      {
        what: `roll-up of ${hits.toLocaleString('en')} hits, ROLE=all, ${engine}`,
        measured: `${seconds.toFixed(1)} s`,
        target: `<= ${target} s`,
      },
      {
        what: `highest resident memory of the process, ${engine}`,
        measured: `${memory.highest.toFixed(0)} MB`,
        target: 'flat',
      },
      {
        what: `longest hold of the thread that serves, meanwhile, ${engine}`,
        measured: `${longestMs.toFixed(1)} ms`,
        target: '< 20 ms',
      },
      ...(await timeReports(program, showId, engine)),
    ]
  } finally {
    await app.close()
  }
}

/** A show with its episodes and all hits, which are taken to be counted until `countAll`. */
async function prepare(app: OpenApp): Promise<{ showId: string; slug: string }> {
  const { id: showId, slug } = await createShow(app, aShow)
  const subjects = await manyEpisodes(app, showId)
  await rollUp(app, {}, jobRun())
  for (const some of manyHits(subjects, hits, Date.now())) await logHits(app.db, some)
  await app.db.updateTable('counting').set({ position: hits }).execute()
  return { showId, slug }
}

/** One episode, and all others like it, an episode a day. */
async function manyEpisodes(app: OpenApp, showId: string): Promise<Subject[]> {
  const { db } = app
  const first = await publishedEpisode({ app }, { id: showId }, { publishAt: Date.now() })
  const rendition = await db.selectFrom('rendition').selectAll().executeTakeFirstOrThrow()
  const facts = { bytes: 28_865_536, headerBytes: 65_536, durationSeconds: 1_800 }
  await db.updateTable('rendition').set(facts).execute()
  const subjects = [{ episodeId: first.id, renditionId: rendition.id, ...facts }]
  for (let number = 1; number < episodes; number += 1) {
    const ids = { episodeId: newId(), renditionId: newId() }
    const publishAt = Date.now() - number * 24 * 60 * 60 * 1000
    const like = { ...first, id: ids.episodeId, slug: `episode-${number}`, guid: newId(), publishAt }
    await db
      .insertInto('episode')
      .values({ ...like, renditionId: ids.renditionId })
      .execute()
    await db
      .insertInto('rendition')
      .values({ ...rendition, ...facts, id: ids.renditionId, episodeId: ids.episodeId })
      .execute()
    subjects.push({ ...ids, ...facts })
  }
  return subjects
}

/** Has the program count everything, and waits for it; returns the seconds that it took. */
async function countAll(db: Db): Promise<number> {
  const { revision } = await getCursor(db)
  await db
    .updateTable('counting')
    .set({ position: 0, revision: revision + 1 })
    .execute()
  await db.updateTable('job').set({ runAt: 0 }).where('name', '=', 'roll-up').execute()
  const startedAt = performance.now()
  while ((await getCursor(db)).position < hits) await sleep(pollMs)
  return (performance.now() - startedAt) / 1000
}

async function whileAsking<T>(program: Program, urls: readonly string[], work: () => Promise<T>): Promise<T> {
  let isOver = false
  const asking = (async () => {
    while (!isOver) await ask(program, urls).then(() => sleep(20))
  })()
  const result = await work().finally(() => {
    isOver = true
  })
  await asking
  return result
}

async function ask(program: Program, urls: readonly string[]): Promise<void> {
  for (const url of urls) {
    const answer = url.startsWith('/api') ? await program.api('GET', url.slice(4)) : await fetch(`${program.url}${url}`)
    await answer.arrayBuffer()
    if (!answer.ok) throw new Error(`${url} answered ${answer.status}`)
  }
}

async function timeReports(program: Program, showId: string, engine: string): Promise<Row[]> {
  const day = new Date(Date.now() - 24 * 60 * 60 * 1000).toISOString().slice(0, 10)
  const rows: Row[] = []
  for (const [what, query, target] of [
    ['a day by episode', `from=${day}&to=${day}&by=episode`, '<= 50 ms'],
    ['a day by app', `from=${day}&to=${day}&by=app`, '<= 50 ms'],
    ['thirty days by day', 'by=day', ''],
    ['thirty days by episode', 'by=episode', ''],
  ] as const) {
    const times: number[] = []
    for (let count = 0; count < asks; count += 1) {
      const startedAt = performance.now()
      await ask(program, [`/api/shows/${showId}/downloads?${query}`])
      times.push(performance.now() - startedAt)
    }
    rows.push({
      what: `report of ${episodes.toLocaleString('en')} episodes, ${what}, ${engine}, median of ${asks} (worst)`,
      measured: `${median(times).toFixed(1)} ms (${Math.max(...times).toFixed(1)})`,
      target,
    })
  }
  return rows
}
