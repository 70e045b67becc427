import type { Selectable } from 'kysely'
import type { Db, Schema } from '../core/db.ts'

/** What goes on now, or will at a set time (`podcast:liveItem`). */
export type LiveItem = Selectable<Schema['liveItem']>

export type LiveStatus = 'pending' | 'live' | 'ended'

/** Those that begin last come first. */
export const listLiveItems = (db: Db, showId: string): Promise<LiveItem[]> =>
  db
    .selectFrom('liveItem')
    .selectAll()
    .where('showId', '=', showId)
    .where('deletedAt', 'is', null)
    .orderBy('startsAt', 'desc')
    .orderBy('id', 'desc')
    .execute()
