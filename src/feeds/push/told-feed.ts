import type { Db } from '../../core/db.ts'
import type { LiveItem, LiveStatus } from '../../shows/live-item.ts'
import { hashOf } from '../feed-document.ts'
import { rendererVersion } from '../feed-xml.ts'
import type { Told } from './reasons.ts'

/** What a feed of these episodes and live items says. The order of episodes is none of it. */
export const toldOf = (guids: readonly string[], liveItems: readonly LiveItem[]): Told => ({
  episodes: hashOf(JSON.stringify([...guids].sort())),
  renderer: String(rendererVersion),
  live: Object.fromEntries(liveItems.map(({ guid, status }) => [guid, status as LiveStatus])),
})

/** What a show's feed said when it was last made; undefined: it never was. */
export async function findTold(db: Db, showId: string): Promise<Told | undefined> {
  const row = await db.selectFrom('toldFeed').selectAll().where('showId', '=', showId).executeTakeFirst()
  return row && { ...row, live: JSON.parse(row.live) }
}

export async function saveTold(db: Db, showId: string, told: Told): Promise<void> {
  const row = { ...told, live: JSON.stringify(told.live) }
  await db
    .insertInto('toldFeed')
    .values({ showId, ...row })
    .onConflict((conflict) => conflict.column('showId').doUpdateSet(row))
    .execute()
}
