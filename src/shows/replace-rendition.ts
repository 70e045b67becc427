import type { App } from '../core/app.ts'
import type { Db } from '../core/db.ts'
import { newId } from '../core/ids.ts'
import type { Episode } from './episode.ts'
import type { Rendition } from './rendition.ts'

/**
 * Makes a new rendition the one that is served, like `model` in everything but its id and dates, and retires the one before.
 * In a transaction that has locked the episode; announcing the change is the caller's.
 */
export async function replaceRendition({ clock }: App, db: Db, episode: Episode, model: Rendition): Promise<void> {
  const now = clock.now()
  const id = newId()
  const dates = { createdAt: await nextCreation(db, episode.id, now), retiredAt: null, removedAt: null }
  await db
    .insertInto('rendition')
    .values({ ...model, id, ...dates })
    .execute()
  await db.updateTable('episode').set({ renditionId: id }).where('id', '=', episode.id).execute()
  await retireRendition(db, episode.renditionId, now)
}

/** Notes that another took its place; null is fine. */
export async function retireRendition(db: Db, id: string | null, now: number): Promise<void> {
  if (id === null) return
  await db.updateTable('rendition').set({ retiredAt: now }).where('id', '=', id).execute()
}

/**
 * When the episode's next rendition is said to be made: now, or as much later as it takes to differ by a second from all before.
 * HTTP dates have whole seconds, and a client that goes by them must never join two files (RFC 9110 §13.1.5).
 */
export async function nextCreation(db: Db, episodeId: string, now: number): Promise<number> {
  const { latest } = await db
    .selectFrom('rendition')
    .select(({ fn }) => fn.max<number | null>('createdAt').as('latest'))
    .where('episodeId', '=', episodeId)
    .executeTakeFirstOrThrow()
  return latest === null ? now : Math.max(now, latest - (latest % 1000) + 1000)
}
