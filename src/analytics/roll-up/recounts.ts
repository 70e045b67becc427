import { sql } from 'kysely'
import type { Db, Schema } from '../../core/db.ts'
import { newId } from '../../core/ids.ts'

export type Recount = Readonly<Schema['recount']>

/** Has episodes counted anew from the log, when counting comes to it; until then their numbers stand still. Returns how many. */
export async function askRecounts(db: Db, of: Readonly<{ showId?: string; episodeId?: string }>): Promise<number> {
  const wish = newId()
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('recount')
    .columns(['episodeId', 'wish'])
    .expression((from) => {
      const episodes = from.selectFrom('episode').select(['id', sql.val(wish).as('wish')])
      // SQLite takes ON CONFLICT behind a SELECT for a part of its join, unless there is a WHERE.
      const all = episodes.where('id', 'is not', null)
      if (of.episodeId !== undefined) return all.where('id', '=', of.episodeId)
      return of.showId === undefined ? all : all.where('showId', '=', of.showId)
    })
    .onConflict((conflict) => conflict.column('episodeId').doUpdateSet({ wish }))
    .executeTakeFirstOrThrow()
  return Number(numInsertedOrUpdatedRows)
}

/** The ids of all episodes that wait for it. */
export async function findRecounts(db: Db): Promise<Set<string>> {
  const rows = await db.selectFrom('recount').select('episodeId').execute()
  return new Set(rows.map(({ episodeId }) => episodeId))
}

/** One that waits; undefined: none does. */
export const nextRecount = (db: Db): Promise<Recount | undefined> =>
  db.selectFrom('recount').selectAll().orderBy('episodeId').limit(1).executeTakeFirst()

/** Fulfils that wish; one that came meanwhile stays. */
export async function endRecount(db: Db, { episodeId, wish }: Recount): Promise<void> {
  await db.deleteFrom('recount').where('episodeId', '=', episodeId).where('wish', '=', wish).execute()
}
