import { sql } from 'kysely'
import type { Db } from '../core/db.ts'

/**
 * Takes the next `count` numbers of a counter and returns the last of them. Call it inside a transaction: the counter's row
 * stays locked until the commit, so numbers become visible in their order, on PostgreSQL too, and a cursor misses nothing.
 */
export async function takeNumbers(db: Db, name: string, count: number): Promise<number> {
  const row = await db
    .insertInto('counter')
    .values({ name, value: count })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet({ value: sql<number>`counter.value + excluded.value` }),
    )
    .returning('value')
    .executeTakeFirstOrThrow()
  return row.value
}
