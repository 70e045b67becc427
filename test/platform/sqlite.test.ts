import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import t, { type Test } from 'tap'
import { openSqlite } from '../../src/platform/sqlite.ts'

t.test('the database used inside a transaction, beside it, throws and does not wait for ever', async (t) => {
  const { db, close } = openSqlite(path.join(t.testdir(), 'test.sqlite'))
  t.teardown(close)
  const mistake = db.transaction().execute(() => db.selectFrom('show').selectAll().execute())
  await t.rejects(mistake, { message: /inside a transaction/ })
  await t.rejects(
    db.selectFrom('show').selectAll().execute(),
    { message: /no such table/ },
    'and the connection is free again',
  )
})

t.test('a database in which nothing was written yet can be asked, and written then', async (t) => {
  const file = path.join(t.testdir(), 'test.sqlite')
  const { db, close } = openSqlite(file)
  await sql`select 1`.execute(db)
  await sql`create table told (word text)`.execute(db)
  await sql`insert into told values ('kept')`.execute(db)
  await close()
  const again = openSqlite(file)
  t.teardown(again.close)
  t.same((await sql`select word from told`.execute(again.db)).rows, [{ word: 'kept' }])
})

/** A database with one row, on the way to whose log is a folder: SQLite has it open, whoever opens it now does not get it. */
async function outOfReach(t: Test) {
  const file = path.join(t.testdir(), 'test.sqlite')
  const before = openSqlite(file)
  await sql`create table told (word text)`.execute(before.db)
  await sql`insert into told values ('kept')`.execute(before.db)
  await before.close()
  const { db, close } = openSqlite(file)
  t.teardown(close)
  await db
    .selectFrom('told' as never)
    .selectAll()
    .execute()
  await rm(`${file}-wal`)
  await mkdir(`${file}-wal`)
  return db
}

t.test('a change that did not reach the disk is told as what it is, in a transaction and outside', async (t) => {
  for (const run of ['in', 'outside']) {
    await t.test(run, async (t) => {
      const db = await outOfReach(t)
      const change = sql`update told set word = 'changed'`
      const told = run === 'in' ? db.transaction().execute((each) => change.execute(each)) : change.execute(db)
      await t.rejects(told, { code: 'EISDIR' })
    })
  }
})

t.test('what changes nothing does not wait for the disk', async (t) => {
  const db = await outOfReach(t)
  const { numAffectedRows } = await sql`update told set word = 'changed' where word = 'nobody'`.execute(db)
  t.equal(numAffectedRows, 0n)
})
