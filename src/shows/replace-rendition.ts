import type { App } from '../core/app.ts'
import type { Db } from '../core/db.ts'
import { newId } from '../core/ids.ts'
import { aacRate } from './aac.ts'
import { findKeptAlternate } from './alternate.ts'
import type { Episode } from './episode.ts'
import type { Rendition } from './rendition.ts'

/**
 * Makes a new rendition the one that is served, like `model` in everything but its id and dates, with the AAC that is kept of the same
 * audio beside it, and retires the one before. In a transaction that has locked the episode; announcing the change is the caller's.
 */
export async function replaceRendition(app: App, db: Db, episode: Episode, model: Rendition): Promise<void> {
  const alternate = await findWantedAlternate(db, episode, model)
  const id = await insertRendition(app, db, model)
  await db.updateTable('episode').set({ renditionId: id }).where('id', '=', episode.id).execute()
  await retireRendition(db, episode.renditionId, app.clock.now())
  if (alternate) await insertRendition(app, db, { ...alternate, alternateOf: id })
}

/** Makes a new rendition like `model` in everything but its id and dates; returns its id. */
export async function insertRendition({ clock }: App, db: Db, model: Omit<Rendition, DatesAndId>): Promise<string> {
  const id = newId()
  const createdAt = await nextCreation(db, model.episodeId, clock.now())
  await db
    .insertInto('rendition')
    .values({ ...model, id, createdAt, retiredAt: null, removedAt: null })
    .execute()
  return id
}

type DatesAndId = 'id' | 'createdAt' | 'retiredAt' | 'removedAt'

/** Notes that another took its place, and the place of what stands beside it; null is fine. */
export async function retireRendition(db: Db, id: string | null, now: number): Promise<void> {
  if (id === null) return
  await db.updateTable('rendition').set({ retiredAt: now }).where('id', '=', id).execute()
  await retireAlternate(db, id, now)
}

/** Notes that what stood beside that rendition does not any more. */
export async function retireAlternate(db: Db, renditionId: string, now: number): Promise<void> {
  await db
    .updateTable('rendition')
    .set({ retiredAt: now })
    .where('alternateOf', '=', renditionId)
    .where('retiredAt', 'is', null)
    .execute()
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

/** None where the show asks for none any more. */
async function findWantedAlternate(db: Db, { showId }: Episode, model: Rendition): Promise<Rendition | undefined> {
  const show = await db.selectFrom('show').select('aacKbps').where('id', '=', showId).executeTakeFirstOrThrow()
  return aacRate(show, model) === undefined ? undefined : findKeptAlternate(db, model.uploadId)
}
