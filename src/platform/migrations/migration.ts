import { type ColumnDataType, type Expression, type Kysely, sql } from 'kysely'
import type { Engine } from '../../core/db.ts'

/** The column types of this schema, spelled for one engine: text compares byte by byte on both. */
export type ColumnTypes = Readonly<Record<'text' | 'integer' | 'real' | 'blob', ColumnDataType | Expression<unknown>>>

export type Migration = Readonly<{
  name: string
  up(db: Kysely<unknown>, types: ColumnTypes): Promise<void>
}>

export function columnTypes(engine: Engine): ColumnTypes {
  return engine === 'sqlite'
    ? { text: 'text', integer: 'integer', real: 'real', blob: 'blob' }
    : { text: sql`text collate "C"`, integer: 'bigint', real: 'double precision', blob: 'bytea' }
}
