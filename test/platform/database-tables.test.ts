import path from 'node:path'
import { pino } from 'pino'
import t from 'tap'
import { systemClock } from '../../src/core/clock.ts'
import { createChangeTable } from '../../src/platform/change-table.ts'
import { createHitJournal } from '../../src/platform/hit-journal.ts'
import { createJobTable } from '../../src/platform/job-table.ts'
import { createLeaseLocker } from '../../src/platform/lease-locker.ts'
import { changesSuite } from '../contract/changes.ts'
import { eventLogSuite, hit } from '../contract/event-log.ts'
import { jobQueueSuite } from '../contract/job-queue.ts'
import { lockerSuite } from '../contract/locker.ts'
import { eachDatabase } from '../engines/databases.ts'
import { eventually } from '../journey/program.ts'

const log = pino({ level: 'silent' })

await eachDatabase(t, async (t, open) => {
  await t.test('the job table is a job queue', (t) =>
    jobQueueSuite(t, () => {
      const database = open()
      return { jobs: createJobTable(database), db: database.db }
    }),
  )

  await t.test('the change table tells changes', (t) =>
    changesSuite(t, () => {
      const { db } = open()
      return { changes: createChangeTable(db, systemClock, (error) => t.error(error)), db }
    }),
  )

  await t.test('leases lock uploads', (t) => lockerSuite(t, () => createLeaseLocker(open(), systemClock)))

  await t.test('the hit journal is an event log', async (t) => {
    const folder = path.join(t.testdir(), 'journal')
    await eventLogSuite(t, () => createHitJournal(open(), folder, { clock: systemClock, log, ships: true }))
  })

  await t.test('hits of a thread that does not ship are shipped by another of the same home', async (t) => {
    const folder = path.join(t.testdir(), 'journal')
    const web = createHitJournal(open(), folder, { clock: systemClock, log, ships: false })
    const worker = createHitJournal(open(), folder, { clock: systemClock, log, ships: true })
    const { position } = await worker.read(0, 10_000)
    const told = hit({ episodeId: 'told by the web thread' })
    web.append(told)
    t.same((await eventually(20, async () => keepFull(await worker.read(position, 10)))).hits, [told])
    await Promise.all([web.close(), worker.close()])
  })
})

function keepFull<T extends { hits: readonly unknown[] }>(found: T): T | undefined {
  return found.hits.length > 0 ? found : undefined
}
