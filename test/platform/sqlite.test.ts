import path from 'node:path'
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
