import type { Selectable } from 'kysely'
import type { App } from '../../core/app.ts'
import type { Db, Schema } from '../../core/db.ts'
import { newId } from '../../core/ids.ts'
import { parseTags, type ShowFeedTags } from '../../shows/feed-tags.ts'
import { getShow, type Show } from '../../shows/show.ts'
import type { Target } from './targets.ts'

export type Push = Selectable<Schema['push']>

/** So long every web process needs at most to answer anew: they hear of a change within 250 ms, and load the document. */
const cachesMs = 1_000

const keepDays = 90
const dayMs = 24 * 60 * 60 * 1000

/** Writes messages and has them sent, when the transaction commits and every web process answers anew. */
export async function enqueuePushes(app: App, db: Db, showId: string, targets: readonly Target[]): Promise<void> {
  const now = app.clock.now()
  for (const target of targets) {
    const id = newId()
    await db
      .insertInto('push')
      .values({ id, showId, ...target, state: 'waiting', attempts: 0, createdAt: now })
      .execute()
    await app.jobs.enqueue('push', { pushId: id }, { db, runAt: now + cachesMs })
  }
}

/** Undefined when it was never written, or swept. */
export const findPush = (db: Db, id: string): Promise<Push | undefined> =>
  db.selectFrom('push').selectAll().where('id', '=', id).executeTakeFirst()

/** What was told of a show's feed, or is to be told, newest first. Throws `not-found`, or `gone` when the show was deleted. */
export async function listPushes({ db }: App, showId: string, limit: number): Promise<Push[]> {
  await getShow(db, showId)
  return db
    .selectFrom('push')
    .selectAll()
    .where('showId', '=', showId)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** Why nobody is told of a show; undefined: the world may know. */
export function silenceOf(show: Show | undefined): string | undefined {
  if (!show || show.deletedAt !== null) return 'The show was deleted.'
  if (show.newFeedUrl !== null) return 'The feed has moved to another address.'
  if (parseTags<ShowFeedTags>(show).blocked) return 'The show is hidden from directories (itunes:block).'
  return undefined
}

/** The recurring job that forgets messages after 90 days. */
export async function sweepPushes({ db, clock }: App): Promise<void> {
  await db
    .deleteFrom('push')
    .where('createdAt', '<', clock.now() - keepDays * dayMs)
    .execute()
}
