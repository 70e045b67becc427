import type { App } from '../core/app.ts'
import { askRecounts } from './roll-up/recounts.ts'
import { rollUp, rollUpSoon } from './roll-up.ts'

/** After a turn that another worker was faster in, that one goes on. */
const turnPauseMs = 50

/** The job that has a show's downloads counted anew: its days begin at another hour. */
export async function recountShow(app: App, { showId }: { showId: string }): Promise<void> {
  await askRecounts(app.db, { showId })
  await rollUpSoon(app)
}

/** The same for one episode: its first days begin at another moment. */
export async function recountOneEpisode(app: App, { episodeId }: { episodeId: string }): Promise<void> {
  await askRecounts(app.db, { episodeId })
  await rollUpSoon(app)
}

/** Has all downloads counted anew. Returns of how many episodes. */
export async function recountAll(app: App): Promise<number> {
  const episodes = await askRecounts(app.db, {})
  await rollUpSoon(app)
  return episodes
}

/**
 * Counts in this process what waits to be counted anew, beside any worker that does the same, and tells before each turn how many
 * episodes wait. Resolves when none does.
 */
export async function finishRecounts(app: App, tell: (waiting: number) => void): Promise<void> {
  const run = { signal: new AbortController().signal, complete: async () => {} }
  for (let waiting = await countRecounts(app); waiting > 0; waiting = await countRecounts(app)) {
    tell(waiting)
    await rollUp(app, {}, run)
    await app.clock.sleep(turnPauseMs)
  }
}

/** How many episodes wait to be counted anew. */
export async function countRecounts({ db }: Pick<App, 'db'>): Promise<number> {
  const { waiting } = await db
    .selectFrom('recount')
    .select(({ fn }) => fn.countAll<number>().as('waiting'))
    .executeTakeFirstOrThrow()
  return waiting
}
