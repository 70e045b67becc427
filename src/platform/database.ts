import type { CompiledQuery, RawBuilder } from 'kysely'
import type { Db, Engine } from '../core/db.ts'

/** An open database: what `openSqlite` and `openPostgres` give, and what the tables of this room are built on. */
export type Database = Readonly<{
  db: Db
  engine: Engine
  /** The database's own clock in epoch milliseconds, for leases: workers on several machines agree on it. */
  now: RawBuilder<number>
  /** The rows of a SELECT as lists of values: where many are read, making an object of each takes longer than reading it. */
  readLists(query: CompiledQuery): Promise<unknown[][]>
  close(): Promise<void>
}>
