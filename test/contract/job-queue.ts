import { setTimeout as sleep } from 'node:timers/promises'
import type { Test } from 'tap'
import type { Db } from '../../src/core/db.ts'
import { type JobName, type JobQueue, LeaseLost } from '../../src/core/jobs.ts'

const names: JobName[] = ['publish-feed', 'process-upload']
const lease = { leaseSeconds: 30 }

/** What every `JobQueue` must do. `open` gives the same queue as another process would see it. */
export async function jobQueueSuite(t: Test, open: () => { jobs: JobQueue; db: Db }): Promise<void> {
  const { jobs, db } = open()
  const claim = (lane: 'light' | 'heavy' = 'light') => jobs.claim(lane, names, lease)
  const makeDue = () => db.updateTable('job').set({ runAt: 0 }).execute()

  await t.test('a job is claimed once, with its payload, and is gone when it is complete', async (t) => {
    await jobs.enqueue('publish-feed', { showId: 'a' })
    const job = await claim()
    t.match(job, { name: 'publish-feed', payload: { showId: 'a' }, attempt: 1 })
    t.equal(await claim(), undefined)
    if (job) await jobs.complete(job)
    t.equal(await claim(), undefined)
  })

  await t.test('twenty claims at once of ten jobs, by two processes, get each job once', async (t) => {
    const other = open().jobs
    for (let count = 0; count < 10; count += 1) await jobs.enqueue('publish-feed', { showId: String(count) })
    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 ? jobs : other).claim('light', names, lease)),
    )
    const claimed = claims.filter((job) => job !== undefined)
    t.same(claimed.map((job) => (job.payload as { showId: string }).showId).sort(), [...'0123456789'])
    for (const job of claimed) await jobs.complete(job)
  })

  await t.test('lanes are apart: a heavy job does not hold up a light one', async (t) => {
    await jobs.enqueue('process-upload', { uploadId: 'u' })
    await jobs.enqueue('publish-feed', { showId: 'a' })
    const light = await claim('light')
    const heavy = await claim('heavy')
    t.equal(light?.name, 'publish-feed')
    t.equal(heavy?.name, 'process-upload')
    for (const job of [light, heavy]) if (job) await jobs.complete(job)
  })

  await t.test('of one key at most one job waits: the earlier time wins, and the newer payload', async (t) => {
    const later = Date.now() + 3_600_000
    await jobs.enqueue('publish-feed', { showId: 'old' }, { key: 'k', runAt: later })
    t.equal(await claim(), undefined, 'it is not due yet')
    await jobs.enqueue('publish-feed', { showId: 'new' }, { key: 'k' })
    await jobs.enqueue('publish-feed', { showId: 'new' }, { key: 'k', runAt: later })
    const job = await claim()
    t.same(job?.payload, { showId: 'new' })
    t.equal(await claim(), undefined)
    await jobs.enqueue('publish-feed', { showId: 'next' }, { key: 'k' })
    const next = await claim()
    t.same(next?.payload, { showId: 'next' }, 'a new one may wait, and run, while the first runs')
    for (const each of [job, next]) if (each) await jobs.complete(each)
  })

  await t.test('only names that the worker knows are claimed', async (t) => {
    await jobs.enqueue('publish-feed', { showId: 'a' })
    t.equal(await jobs.claim('light', ['sweep-incoming'], lease), undefined)
    t.equal(await jobs.claim('light', [], lease), undefined)
    const job = await claim()
    if (job) await jobs.complete(job)
  })

  await t.test('a job in a transaction that rolls back was never there', async (t) => {
    const rollback = db.transaction().execute(async (transaction) => {
      await jobs.enqueue('publish-feed', { showId: 'a' }, { db: transaction })
      throw new Error('no')
    })
    await t.rejects(rollback, { message: 'no' })
    t.equal(await claim(), undefined)
  })

  await t.test('a lease that runs out is another worker’s: the first can change nothing any more', async (t) => {
    await jobs.enqueue('publish-feed', { showId: 'a' })
    const first = await jobs.claim('light', names, { leaseSeconds: 0.05 })
    await sleep(80)
    const second = await claim()
    t.equal(second?.id, first?.id)
    t.equal(second?.attempt, 2)
    if (!first || !second) return
    await t.rejects(jobs.renew(first, lease), LeaseLost)
    await t.rejects(jobs.fail(first, 'late'), LeaseLost)
    const commit = db.transaction().execute(async (transaction) => {
      await transaction.insertInto('orphan').values({ key: 'late', firstSeenAt: 1 }).execute()
      await jobs.complete(first, { db: transaction })
    })
    await t.rejects(commit, LeaseLost)
    t.equal(await db.selectFrom('orphan').selectAll().executeTakeFirst(), undefined, 'its result was rolled back')
    await jobs.complete(second)
  })

  await t.test('a renewed lease holds', async (t) => {
    await jobs.enqueue('publish-feed', { showId: 'a' })
    const job = await jobs.claim('light', names, { leaseSeconds: 0.1 })
    if (job) await jobs.renew(job, lease)
    await sleep(150)
    t.equal(await claim(), undefined)
    if (job) await jobs.complete(job)
  })

  await t.test('a job that fails comes again at its time, or never', async (t) => {
    await jobs.enqueue('publish-feed', { showId: 'a' })
    const first = await claim()
    const later = Date.now() + 3_600_000
    if (first) await jobs.fail(first, 'trouble', { retryAt: later })
    t.equal(await claim(), undefined)
    t.match(await db.selectFrom('job').select('runAt').executeTakeFirst(), { runAt: later })
    await makeDue()
    const second = await claim()
    t.equal(second?.attempt, 2)
    if (second) await jobs.fail(second, 'for good')
    t.equal(await claim(), undefined)
    const row = await db.selectFrom('job').select('reason').where('failedAt', 'is not', null).executeTakeFirst()
    t.equal(row?.reason, 'for good')
  })

  await t.test('jobs that ended for good are forgotten when they are old enough, and no others', async (t) => {
    await jobs.enqueue('publish-feed', { showId: 'waits' }, { runAt: Date.now() + 3_600_000 })
    const failed = () => db.selectFrom('job').select('id').where('failedAt', 'is not', null).execute()
    await jobs.forgetFailed(Date.now() - 60_000)
    t.equal((await failed()).length, 1, 'the one of before is too young')
    await jobs.forgetFailed(Date.now() + 60_000)
    t.same(await failed(), [])
    const waiting = await db.deleteFrom('job').returning('payload').execute()
    t.same(waiting, [{ payload: '{"showId":"waits"}' }])
  })

  await t.test('a job that is released is due at once, as if it had not been tried', async (t) => {
    await jobs.enqueue('publish-feed', { showId: 'a' })
    const first = await claim()
    if (first) await jobs.release(first)
    const second = await claim()
    t.match(second, { id: first?.id, attempt: 1, troubledSince: undefined })
    if (!first || !second) return
    await t.rejects(jobs.release(first), LeaseLost)
    await jobs.complete(second)
  })

  await t.test('a job that is released with its trouble waits, and knows since when', async (t) => {
    await jobs.enqueue('publish-feed', { showId: 'a' })
    const first = await claim()
    const since = Date.now() - 1_000
    if (first) await jobs.release(first, { reason: 'no bucket', since, retryAt: Date.now() + 3_600_000 })
    t.equal(await claim(), undefined)
    t.match(await db.selectFrom('job').select('reason').executeTakeFirst(), { reason: 'no bucket' })
    await makeDue()
    const second = await claim()
    t.match(second, { attempt: 1, troubledSince: since })
    if (second) await jobs.complete(second)
  })
}
