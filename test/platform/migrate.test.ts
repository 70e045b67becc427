import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { migrate } from '../../src/platform/migrate.ts'
import { openPostgres } from '../../src/platform/postgres.ts'
import { layLine } from '../engines/line.ts'
import { startPostgres } from '../engines/postgres.ts'

t.test('a start waits for a database that is away, but not for ever', async (t) => {
  const engine = await startPostgres()
  const line = await layLine(await engine.createDatabase())
  const database = openPostgres(line.url, () => {})
  t.teardown(async () => {
    await database.close()
    await line.close()
    await engine.stop()
  })
  await line.cut()
  const told: unknown[] = []
  const onAway = (error: unknown) => told.push(error)
  await t.rejects(migrate(database), { message: /cannot be reached/, cause: { code: 'unavailable' } })
  await t.rejects(migrate(database, { patienceMs: 1_200, onAway }), { message: /cannot be reached/ })
  t.match(told, [{ code: 'unavailable' }], 'told once')

  const migrating = migrate(database, { patienceMs: 20_000 })
  await sleep(300)
  await line.mend()
  await migrating
  t.pass('it goes on when the database is there')
})

t.test('what will not pass by waiting ends a start at once', async (t) => {
  const engine = await startPostgres()
  const url = new URL(engine.url)
  url.pathname = '/nobody_made_this'
  const database = openPostgres(url.href, () => {})
  t.teardown(async () => {
    await database.close()
    await engine.stop()
  })
  const told: unknown[] = []
  const onAway = (error: unknown) => told.push(error)
  await t.rejects(migrate(database, { patienceMs: 3_600_000, onAway }), { cause: { code: '3D000' } })
  t.same(told, [], 'nothing was waited for')
})
