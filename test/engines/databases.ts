import path from 'node:path'
import type { Test } from 'tap'
import type { Database } from '../../src/platform/database.ts'
import { migrate } from '../../src/platform/migrate.ts'
import { openPostgres } from '../../src/platform/postgres.ts'
import { openSqlite } from '../../src/platform/sqlite.ts'
import { startPostgres } from './postgres.ts'
import { beginPostgres, beginSqlite } from './templates.ts'

/** Opens the same database anew, as another process would. Closed with the test. */
export type OpenDatabase = () => Database

/** Runs a suite on a fresh SQLite file and on a fresh PostgreSQL database, both migrated. */
export async function eachDatabase(t: Test, suite: (t: Test, open: OpenDatabase) => Promise<void>): Promise<void> {
  await t.test('on SQLite', async (t) => {
    const file = path.join(t.testdir(), 'test.sqlite')
    await beginSqlite(file)
    await suite(t, await migrated(t, () => openSqlite(file)))
  })
  await t.test('on PostgreSQL', async (t) => {
    const engine = await startPostgres()
    const url = await beginPostgres(engine)
    const open = await migrated(t, () => openPostgres(url, () => {}))
    await suite(t, open)
    t.teardown(() => engine.stop())
  })
}

async function migrated(t: Test, open: OpenDatabase): Promise<OpenDatabase> {
  const first = open()
  await migrate(first)
  await first.close()
  return () => {
    const database = open()
    t.teardown(() => database.close())
    return database
  }
}
