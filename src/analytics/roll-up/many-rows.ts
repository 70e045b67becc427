import { CompiledQuery, type InsertQueryBuilder, type InsertResult } from 'kysely'
import type { Db, Schema } from '../../core/db.ts'

/** As many as one statement holds. */
const rowsAtOnce = 200

type Insertion<Table extends keyof Schema> = InsertQueryBuilder<Schema, Table, InsertResult>

/**
 * Inserts many rows, `onConflict` saying what becomes of those that are there already. `columns` begins with the primary key: rows
 * go in its order, each near the one before, which spares SQLite a third of the time. The text of the statement for so many rows
 * is written once: writing it takes longer than the database's work.
 */
export function createUpsert<Table extends keyof Schema>(
  table: Table,
  columns: readonly (keyof Schema[Table] & string)[],
  onConflict: (insertion: Insertion<Table>) => Insertion<Table>,
): (db: Db, rows: readonly Schema[Table][]) => Promise<void> {
  const textOf = createTexts((db, count) => {
    const row = Object.fromEntries(columns.map((column) => [column, '']))
    const values = Array.from({ length: count }, () => row) as never
    return onConflict(db.insertInto(table).values(values) as Insertion<Table>).compile().sql
  })
  const inOrder = (one: Schema[Table], other: Schema[Table]) => {
    const column = columns.find((each) => one[each] !== other[each])
    return column === undefined ? 0 : one[column] < other[column] ? -1 : 1
  }
  return (db, rows) =>
    inParts(rows.toSorted(inOrder), async (part) => {
      const values = part.flatMap((row) => columns.map((column) => row[column]))
      await db.executeQuery(CompiledQuery.raw(textOf(db, part.length), values))
    })
}

/** Finds or deletes rows by many keys; these are looked for in order, and the text of the statement is written once, too. */
export function createByKeys<Row>(write: (db: Db, keys: readonly string[]) => CompiledQuery<Row>) {
  const textOf = createTexts((db, count) => write(db, Array.from({ length: count }, String)).sql)
  return async (db: Db, keys: readonly string[]): Promise<Row[]> => {
    const found: Row[] = []
    await inParts(keys.toSorted(), async (part) => {
      const query = CompiledQuery.raw(textOf(db, part.length), [...part]) as CompiledQuery<Row>
      for (const row of (await db.executeQuery(query)).rows) found.push(row)
    })
    return found
  }
}

/** Texts of a statement by the number of what it takes, for each engine: its transactions share an adapter. */
function createTexts(write: (db: Db, count: number) => string): (db: Db, count: number) => string {
  const engines = new WeakMap<object, Map<number, string>>()
  return (db, count) => {
    const { adapter } = db.getExecutor()
    const texts = engines.get(adapter) ?? new Map<number, string>()
    engines.set(adapter, texts)
    const text = texts.get(count) ?? write(db, count)
    texts.set(count, text)
    return text
  }
}

async function inParts<T>(list: readonly T[], work: (part: readonly T[]) => Promise<void>): Promise<void> {
  for (let start = 0; start < list.length; start += rowsAtOnce) await work(list.slice(start, start + rowsAtOnce))
}
