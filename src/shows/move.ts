import type { App } from '../core/app.ts'
import { parseMoveTarget } from './move-target.ts'
import { announceChange, getShow, type Show } from './show.ts'

/** Where a show's feed is to be found from now on; `redirects`: also by HTTP, not in the document alone. */
export type Move = Readonly<{ to: string; redirects: boolean }>

/** Undefined while the feed is here. */
export const moveOf = ({ newFeedUrl, feedRedirects }: Pick<Show, 'newFeedUrl' | 'feedRedirects'>): Move | undefined =>
  newFeedUrl === null ? undefined : { to: newFeedUrl, redirects: feedRedirects === 1 }

/**
 * Sends the subscribers of a show's public feed elsewhere: its document says so (`itunes:new-feed-url`), and it answers 301 if
 * asked to. Kept until it is taken back; pages, audio and private feeds stay. Throws `invalid`, `not-found` and `gone`.
 */
export async function moveShow(app: App, showId: string, { to, redirects }: Move): Promise<Show> {
  const show = await getShow(app.db, showId)
  const newFeedUrl = await parseMoveTarget(app, show, to)
  return save(app, showId, { newFeedUrl, feedRedirects: redirects ? 1 : 0 })
}

/** Has the feed answer here again. Again is fine. Throws `not-found` and `gone`. */
export async function moveShowBack(app: App, showId: string): Promise<Show> {
  await getShow(app.db, showId)
  return save(app, showId, { newFeedUrl: null, feedRedirects: 0 })
}

async function save(app: App, showId: string, change: Pick<Show, 'newFeedUrl' | 'feedRedirects'>): Promise<Show> {
  await app.db.transaction().execute(async (db) => {
    await db
      .updateTable('show')
      .set({ ...change, updatedAt: app.clock.now() })
      .where('id', '=', showId)
      .execute()
    await announceChange(app, db, showId)
  })
  return getShow(app.db, showId)
}
