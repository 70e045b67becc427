import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import t from 'tap'
import { systemClock } from '../../src/core/clock.ts'
import { createChangeTable } from '../../src/platform/change-table.ts'
import { migrate } from '../../src/platform/migrate.ts'
import { openSqlite } from '../../src/platform/sqlite.ts'
import { eventually } from '../journey/program.ts'

t.test('while changes cannot be read that is told once, and afterwards nothing was missed', async (t) => {
  const database = openSqlite(path.join(t.testdir(), 'changes.sqlite'))
  await migrate(database)
  const troubles: unknown[] = []
  const changes = createChangeTable(database.db, systemClock, (error) => troubles.push(error))
  t.teardown(async () => {
    await changes.close()
    await database.close()
  })
  const heard: string[] = []
  changes.onChange((key) => heard.push(key))
  const mark = (key: string) => database.db.transaction().execute((db) => changes.mark(db, key))
  await mark('before')
  await eventually(20, async () => heard.includes('before'))

  await mark('last moment')
  await sql`alter table change rename to change_away`.execute(database.db)
  await eventually(20, async () => troubles.length > 0)
  await sleep(600)
  t.equal(troubles.length, 1)
  await sql`alter table change_away rename to change`.execute(database.db)
  await mark('back')
  await eventually(20, async () => heard.includes('back'))
  t.same(heard, ['before', 'last moment', 'back'])

  await sql`alter table change rename to change_away`.execute(database.db)
  await eventually(20, async () => troubles.length === 2)
  t.pass('another trouble is told again')
  await sql`alter table change_away rename to change`.execute(database.db)
})
