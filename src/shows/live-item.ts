import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { App } from '../core/app.ts'
import type { Db, Schema } from '../core/db.ts'
import { gone, notFound } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import { splitTags } from './edit-feed-tags.ts'
import { LiveItemFeedTags } from './feed-tags.ts'
import { demandOrder, storedFields } from './live-item-fields.ts'
import type { LiveItemChanges, NewLiveItem } from './live-item-schemas.ts'
import { announceChange, getShow } from './show.ts'
import { changedTags, newTags } from './write-feed-tags.ts'

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

/** Throws `not-found`, or `gone` when it or its show was deleted. */
export async function getLiveItem(db: Db, id: string): Promise<LiveItem> {
  const item = await db.selectFrom('liveItem').selectAll().where('id', '=', id).executeTakeFirst()
  if (!item) throw notFound('live item', id)
  if (item.deletedAt !== null) throw gone('live item')
  await getShow(db, item.showId)
  return item
}

/** Announces a live item; it is in the feed at once. Throws `not-found`, `gone` and `invalid`. */
export async function createLiveItem(app: App, showId: string, wanted: NewLiveItem): Promise<LiveItem> {
  await getShow(app.db, showId)
  const { tags, fields } = splitTags<LiveItemFeedTags, NewLiveItem>(LiveItemFeedTags, wanted)
  const now = app.clock.now()
  const item: LiveItem = {
    id: newId(),
    showId,
    guid: randomUUID(),
    status: 'pending',
    title: '',
    description: '',
    startsAt: 0,
    endsAt: null,
    streamUrl: '',
    streamType: '',
    ...storedFields(fields),
    feedTags: newTags(tags, {}),
    createdAt: now,
    updatedAt: now,
    deletedAt: null,
  }
  demandOrder(item)
  await app.db.transaction().execute(async (db) => {
    await db.insertInto('liveItem').values(item).execute()
    await announceChange(app, db, showId)
  })
  return item
}

/** Changes the fields that are given; any status may follow any other. Throws `not-found`, `gone` and `invalid`. */
export async function updateLiveItem(app: App, id: string, changes: LiveItemChanges): Promise<LiveItem> {
  const { tags, fields } = splitTags<LiveItemFeedTags, LiveItemChanges>(LiveItemFeedTags, changes)
  return app.db.transaction().execute(async (db) => {
    await db.updateTable('liveItem').set({ updatedAt: app.clock.now() }).where('id', '=', id).execute()
    const item = await getLiveItem(db, id)
    const row = { ...storedFields(fields), feedTags: changedTags(item, tags) }
    demandOrder({ ...item, ...row })
    await db.updateTable('liveItem').set(row).where('id', '=', id).execute()
    await announceChange(app, db, item.showId)
    return { ...item, ...row }
  })
}

/** Takes a live item out of the feed. Throws `not-found` and `gone`. */
export async function deleteLiveItem(app: App, id: string): Promise<void> {
  const { showId } = await getLiveItem(app.db, id)
  await app.db.transaction().execute(async (db) => {
    await db.updateTable('liveItem').set({ deletedAt: app.clock.now() }).where('id', '=', id).execute()
    await announceChange(app, db, showId)
  })
}
