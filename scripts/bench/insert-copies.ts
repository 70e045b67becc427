import type { Insertable } from 'kysely'
import type { Db, Schema } from '../../src/core/db.ts'

const rowsAtOnce = 100

/** An episode, and what it serves. */
export type Copy = Readonly<{ episode: Insertable<Schema['episode']>; rendition: Insertable<Schema['rendition']> }>

/** Puts many episodes at once into a show: far quicker than publishing each. */
export async function insertCopies(db: Db, copies: readonly Copy[]): Promise<void> {
  for (let start = 0; start < copies.length; start += rowsAtOnce) {
    const some = copies.slice(start, start + rowsAtOnce)
    await db
      .insertInto('episode')
      .values(some.map((copy) => copy.episode))
      .execute()
    await db
      .insertInto('rendition')
      .values(some.map((copy) => copy.rendition))
      .execute()
  }
}
