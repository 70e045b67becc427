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

t.test('a statement of many rows can be run again and again, also when its table has changed', async (t) => {
  const { db, close } = openSqlite(path.join(t.testdir(), 'test.sqlite'))
  t.teardown(close)
  await sql`create table told (word text unique)`.execute(db)
  const words = Array.from({ length: 2_000 }, (_, index) => `word ${index}`)
  const rows = sql.join(words.map((word) => sql`(${word})`))
  const tell = sql`insert into told (word) values ${rows} on conflict do nothing`
  const forget = sql`delete from told where word in (${sql.join(words)}) returning word`
  t.equal((await tell.execute(db)).numAffectedRows, 2_000n)
  t.equal((await tell.execute(db)).numAffectedRows, 0n)
  t.equal((await forget.execute(db)).rows.length, 2_000)
  await sql`alter table told add column at integer`.execute(db)
  t.equal((await tell.execute(db)).numAffectedRows, 2_000n)
  t.equal((await forget.execute(db)).rows.length, 2_000)
  t.equal((await forget.execute(db)).rows.length, 0)
})

t.test('a statement of many rows that is refused can be run when nothing speaks against it', async (t) => {
  const { db, close } = openSqlite(path.join(t.testdir(), 'test.sqlite'))
  t.teardown(close)
  await sql`create table told (word text unique)`.execute(db)
  await sql`insert into told values ('word 7')`.execute(db)
  const words = Array.from({ length: 2_000 }, (_, index) => `word ${index}`)
  const tell = sql`insert into told values ${sql.join(words.map((word) => sql`(${word})`))}`
  await t.rejects(tell.execute(db), { code: 'SQLITE_CONSTRAINT_UNIQUE' })
  await sql`delete from told`.execute(db)
  t.equal((await tell.execute(db)).numAffectedRows, 2_000n)
})
