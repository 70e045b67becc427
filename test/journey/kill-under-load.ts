import { readdir, utimes } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Hit } from '../../src/core/events.ts'
import { createShow } from '../../src/shows/show.ts'
import { hitsOfStation, inStation } from '../fixtures/in-station.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { aShow } from '../station.ts'
import { eventually, type Program } from './program.ts'
import { startListeners } from './steady-listeners.ts'

export type Killed = Readonly<{
  /** User agents whose answers were complete at the client. */
  complete: readonly string[]
  /** Connections that were open at the kill. */
  open: number
  /** The user agent of each hit, in the end. */
  hits: readonly string[]
}>

type Options = Readonly<{
  environment: Record<string, string>
  start(): Promise<Program>
  /** What begins the user agents, so that several rounds can share a home. */
  name: string
  loadMs: number
  /** It is not killed before that many answers are complete; 0 unless told. */
  leastAnswers?: number
}>

const listeners = 16
const longDeadMs = 60_000

/** Publishes what is asked for: small files, so that many answers end in the moment of the kill. */
export const publishSmallFiles = (environment: Record<string, string>): Promise<string[]> =>
  inStation(environment, async (app) => {
    const show = await createShow(app, aShow)
    const ids: string[] = []
    for (const size of [3_000, 70_000, 200_000]) {
      ids.push((await publishedEpisode({ app }, show, { bytes: Buffer.alloc(size, 'sound ') })).id)
    }
    return ids
  })

/**
 * Loads a station, kills it with SIGKILL in the middle, starts it again on the same home and waits until the journal of the dead one is
 * in the database. That waits half a minute before it takes a dead one's journal: its files are made older, so that it need not.
 */
export async function killUnderLoad(
  episodeIds: readonly string[],
  { environment, start, name, loadMs, leastAnswers = 0 }: Options,
): Promise<Killed> {
  const program = await start()
  const urls = episodeIds.map((id) => `${program.url}/audio/${id}/x.mp3`)
  const load = startListeners(urls, { count: listeners, name })
  await sleep(loadMs)
  await eventually(60, async () => load.answers.length >= leastAnswers)
  await program.kill()
  await load.stop()

  const journal = path.join(environment.LONGWAVE_HOME ?? '', 'journal')
  const left = await readdir(journal)
  const longAgo = new Date(Date.now() - longDeadMs)
  for (const file of left) await utimes(path.join(journal, file), longAgo, longAgo)
  const again = await start()
  const hits = await eventually(20, () => shipped(environment, journal))
  await again.stop()
  const mine = hits.map(({ userAgent = '' }) => userAgent).filter((userAgent) => userAgent.startsWith(`${name}/`))
  return { complete: load.answers.map(({ userAgent }) => userAgent), open: load.count, hits: mine }
}

/** All hits, when no journal is left to ship. */
async function shipped(environment: Record<string, string>, journal: string): Promise<Hit[] | false> {
  return (await readdir(journal)).length === 0 && hitsOfStation(environment)
}
