import type { App } from '../core/app.ts'
import { askRecounts } from './roll-up/recounts.ts'
import { rollUpSoon } from './roll-up.ts'

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

/** Has all downloads counted anew. */
export async function recountAll(app: App): Promise<void> {
  await askRecounts(app.db, {})
  await rollUpSoon(app)
}

/** How many episodes wait to be counted anew. */
export async function countRecounts({ db }: Pick<App, 'db'>): Promise<number> {
  const { waiting } = await db
    .selectFrom('recount')
    .select(({ fn }) => fn.countAll<number>().as('waiting'))
    .executeTakeFirstOrThrow()
  return waiting
}
