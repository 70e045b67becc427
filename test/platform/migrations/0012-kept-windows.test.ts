import path from 'node:path'
import t from 'tap'
import { migrations } from '../../../src/platform/migrations/index.ts'
import { columnTypes } from '../../../src/platform/migrations/migration.ts'
import { openSqlite } from '../../../src/platform/sqlite.ts'

t.test('windows in the words of before are dropped, and all is counted anew', async (t) => {
  const { db, engine, close } = openSqlite(path.join(t.testdir(), 'old.sqlite'))
  t.teardown(close)
  for (const { name, up } of migrations) {
    if (name === '0012-kept-windows') {
      await db.insertInto('listening').values({ key: 'episode listener', windows: '[{}]', lastDay: 1 }).execute()
      await db.updateTable('counting').set({ position: 7, rules: 'those of then' }).execute()
    }
    // Each step has a schema of its own.
    await up(db as never, columnTypes(engine))
  }
  t.same(await db.selectFrom('listening').selectAll().execute(), [])
  t.match(await db.selectFrom('counting').selectAll().execute(), [{ position: 7, rules: '' }])
})
