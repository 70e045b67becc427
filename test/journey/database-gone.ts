import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Test } from 'tap'
import { openPostgres } from '../../src/platform/postgres.ts'
import type { Episode } from '../../src/shows/episode.ts'
import { createShow } from '../../src/shows/show.ts'
import { type Line, layLine } from '../engines/line.ts'
import { hitsOfStation, inStation } from '../fixtures/in-station.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { aShow } from '../station.ts'
import { eventually, type Program, startProgram } from './program.ts'
import { type Answer, startListeners } from './steady-listeners.ts'

/** What listeners, and others, saw while the database was gone. */
export type Gone = Readonly<{
  answers: readonly Answer[]
  broken: readonly string[]
  /** The user agents of all hits, when the database has been back for a while. */
  hits: readonly string[]
}>

export type Station = Readonly<{
  program: Program
  environment: Record<string, string>
  line: Line
  feedUrl: string
  /** Audio that was asked for already. */
  urls: readonly string[]
  /** Audio that nobody has asked for. */
  unknownUrl: string
}>

export const listeners = 8
const sizes = [70_000, 400_000, 1_500_000]

/** A whole program on PostgreSQL, whose line to it can be cut, with episodes that were asked for, and one that was not. */
export async function stationOnLine(
  t: Pick<Test, 'teardown'>,
  { folder, databaseUrl }: { folder: string; databaseUrl: string },
): Promise<Station> {
  const line = await layLine(databaseUrl)
  t.teardown(() => line.close())
  const direct = {
    LONGWAVE_HOME: path.join(folder, 'home'),
    DATABASE_URL: databaseUrl,
    SECRET_KEY: 'a secret key of some length, for tests',
  }
  const { show, episodes } = await inStation(direct, async (app) => {
    const show = await createShow(app, aShow)
    const episodes: Episode[] = []
    for (const size of sizes) {
      episodes.push(await publishedEpisode({ app }, show, { bytes: Buffer.alloc(size, 'sound ') }))
    }
    return { show, episodes }
  })
  const environment = { ...direct, DATABASE_URL: line.url }
  const program = await startProgram(t, { ...environment, LOG_LEVEL: 'silent' })
  const [unknown, ...known] = episodes
  const urls = known.flatMap(({ id, renditionId }) => [`/audio/${id}/x.mp3`, `/media/${renditionId}/x.mp3`])
  const station = {
    program,
    environment: direct,
    line,
    feedUrl: `${program.url}/shows/${show.slug}/feed.xml`,
    urls: urls.map((url) => program.url + url),
    unknownUrl: `${program.url}/audio/${unknown?.id}/x.mp3`,
  }
  await feedIsMade(databaseUrl)
  for (const url of [station.feedUrl, ...station.urls]) await heard(url)
  return station
}

/** Has listeners download, cuts the line for that long and until what is done meanwhile is done, and waits until all hits are in the database. */
export async function goWithoutDatabase(
  { line, environment, urls }: Station,
  { goneMs, meanwhile = async () => {} }: { goneMs: number; meanwhile?(answers: readonly Answer[]): Promise<void> },
): Promise<Gone> {
  const load = startListeners(urls, { count: listeners, name: 'Gone' })
  await sleep(500)
  await line.cut()
  await Promise.all([sleep(goneMs), meanwhile(load.answers)])
  await line.mend()
  await sleep(500)
  await load.stop()
  const asked = new Set(load.answers.map(({ userAgent }) => userAgent))
  const hits = await eventually(30, async () => {
    const found = (await hitsOfStation(environment)).map(({ userAgent = '' }) => userAgent)
    return found.filter((userAgent) => asked.has(userAgent)).length >= asked.size && found
  })
  return {
    answers: load.answers,
    broken: load.broken,
    hits: hits.filter((userAgent) => userAgent.startsWith('Gone/')),
  }
}

/** Each time the worker makes a feed, everybody forgets what was looked up: that is over when this resolves. */
async function feedIsMade(databaseUrl: string): Promise<void> {
  const { db, close } = openPostgres(databaseUrl, () => {})
  const waiting = db.selectFrom('job').select('id').where('name', '=', 'publish-feed')
  await eventually(20, async () => (await waiting.execute()).length === 0)
  await close()
  await sleep(2_000)
}

async function heard(url: string): Promise<void> {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`)
  await answer.arrayBuffer()
}
