import t from 'tap'
import type { Database } from '../../src/platform/database.ts'
import { migrate } from '../../src/platform/migrate.ts'
import { eachDatabase } from '../engines/databases.ts'

const schemas: unknown[] = []

await eachDatabase(t, async (t, open) => {
  await t.test('migrating again changes nothing', (t) => t.resolves(migrate(open())))
  schemas.push(await tablesOf(open()))

  await t.test('numbers, text and absence come back as they went in', async (t) => {
    const { db } = open()
    const values = { key: 'ünï “text”', firstSeenAt: 1_790_000_000_000 }
    await db.insertInto('orphan').values(values).execute()
    t.same(await db.selectFrom('orphan').selectAll().executeTakeFirst(), values)
    const { count } = await db
      .selectFrom('orphan')
      .select((select) => select.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    t.equal(count, 1)
  })

  await t.test('text is compared byte by byte', async (t) => {
    const { db } = open()
    for (const key of ['b', 'B', 'a', 'ä']) await db.insertInto('orphan').values({ key, firstSeenAt: 1 }).execute()
    const rows = await db.selectFrom('orphan').select('key').where('firstSeenAt', '=', 1).orderBy('key').execute()
    t.same(
      rows.map((row) => row.key),
      ['B', 'a', 'b', 'ä'],
    )
  })

  await t.test('a transaction that fails leaves nothing', async (t) => {
    const { db } = open()
    const failing = db.transaction().execute(async (transaction) => {
      await transaction.insertInto('orphan').values({ key: 'half', firstSeenAt: 2 }).execute()
      throw new Error('no')
    })
    await t.rejects(failing)
    t.same(await db.selectFrom('orphan').selectAll().where('key', '=', 'half').execute(), [])
  })
})

t.same(schemas[0], schemas[1], 'both engines have the same tables and columns, which may be absent in the same places')

async function tablesOf({ db }: Database) {
  const tables = await db.introspection.getTables()
  return tables
    .map(({ name, columns }) => ({
      name,
      columns: columns.map((column) => `${column.name}${column.isNullable ? '?' : ''}`).sort(),
    }))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
}
