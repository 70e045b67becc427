import type { Db, Schema } from '../../core/db.ts'

/** How far counting has come; what the fields mean stands in core/db.ts. */
export type Cursor = Readonly<Schema['counting']>

/** Another worker has counted meanwhile: what this one did must not be committed. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken'
}

const name = 'downloads'

export const getCursor = (db: Db): Promise<Cursor> =>
  db.selectFrom('counting').selectAll().where('name', '=', name).executeTakeFirstOrThrow()

/**
 * Moves on from that cursor, as the first statement of the transaction that writes what was counted from there. Throws
 * `Overtaken` when somebody else did: all that was read after it may be out of date.
 */
export async function moveCursor(db: Db, from: Cursor, to: Partial<Cursor> = {}): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('counting')
    .set({ ...to, revision: from.revision + 1 })
    .where('name', '=', name)
    .where('revision', '=', from.revision)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new Overtaken('Another worker has counted meanwhile')
}
