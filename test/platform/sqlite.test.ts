import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import t from 'tap'
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

t.test('a commit that did not reach the disk is told as what it is', async (t) => {
  const file = path.join(t.testdir(), 'test.sqlite')
  const { db, close } = openSqlite(file)
  t.teardown(close)
  await t.rejects(db.selectFrom('show').selectAll().execute(), { message: /no such table/ })
  // SQLite has its log open; whoever opens it now does not get it.
  await rm(`${file}-wal`)
  await mkdir(`${file}-wal`)
  const told = db.transaction().execute((transaction) => sql`create table told (word text)`.execute(transaction))
  await t.rejects(told, { code: 'EISDIR' })
})
