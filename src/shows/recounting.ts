import type { App } from '../core/app.ts'
import type { Db } from '../core/db.ts'

/** Has the downloads of a show counted anew, in the transaction of the change: its days begin at another hour. */
export const recountShow = (app: App, db: Db, showId: string): Promise<void> =>
  app.jobs.enqueue('recount-show', { showId }, { db, key: showId })

/** The same for an episode, whose first days begin at another moment. */
export const recountEpisode = (app: App, db: Db, episodeId: string): Promise<void> =>
  app.jobs.enqueue('recount-episode', { episodeId }, { db, key: episodeId })
