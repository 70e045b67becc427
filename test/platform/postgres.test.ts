import { sql } from 'kysely'
import t from 'tap'
import { openPostgres } from '../../src/platform/postgres.ts'
import { startPostgres } from '../engines/postgres.ts'
import { eventually } from '../journey/program.ts'

t.test('a connection that is cut while it is in use is an error of that query, and others soon work', async (t) => {
  const engine = await startPostgres()
  const url = await engine.createDatabase()
  const heard: string[] = []
  const database = openPostgres(url, (error) => heard.push(error.message))
  const cutter = openPostgres(url, () => {})
  t.teardown(async () => {
    await database.close()
    await cutter.close()
    await engine.stop()
  })
  for (let count = 0; count < 3; count += 1) {
    const waiting = sql`select pg_sleep(600)`.execute(database.db)
    const cutting = sql`select pg_terminate_backend(pid) from pg_stat_activity where query like 'select pg_sleep%' and datname = current_database() and pid <> pg_backend_pid()`
    const cut = eventually(20, async () => (await cutting.execute(cutter.db)).rows.length > 0)
    await Promise.all([t.rejects(waiting), cut])
    const { rows } = await eventually(20, () => sql<{ one: number }>`select 1 as one`.execute(database.db))
    t.same(rows, [{ one: 1 }])
  }
  t.ok(heard.length > 0, 'and the log hears of it')
})
