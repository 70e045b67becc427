import t, { type Test } from 'tap'
import { unavailable } from '../../src/core/errors.ts'
import { settleFailure } from '../../src/worker/settle-failure.ts'
import { fakeClock } from '../fixtures/fake-clock.ts'
import { openStation } from '../station.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/**
 * After how long (ms) a message is tried again whose receiver is busy, and wants to be asked again after so long, when the trouble
 * has lasted for a while; undefined: never.
 */
async function pauseAfter(t: Test, welcomeMs: number | undefined, lastedMs = 0): Promise<number | undefined> {
  const clock = fakeClock(Date.now())
  const { app } = await openStation(t, { clock })
  await app.jobs.enqueue('push', { pushId: 'one' })
  const job = await app.jobs.claim('outgoing', ['push'], { leaseSeconds: 15 })
  if (!job) throw new Error('there is no job')
  const troubled = { ...job, troubledSince: clock.now() - lastedMs }
  const error = unavailable('It is busy.', undefined, welcomeMs === undefined ? undefined : clock.now() + welcomeMs)
  const giveUp = async () => {}
  await settleFailure(app, troubled, { error, stopping: new AbortController().signal, giveUp })
  const { runAt, failedAt } = await app.db.selectFrom('job').selectAll().executeTakeFirstOrThrow()
  return failedAt === null ? runAt - clock.now() : undefined
}

t.test('who says when to come again is not asked before', async (t) => {
  t.equal(await pauseAfter(t, 10 * minuteMs), 10 * minuteMs)
  t.equal(await pauseAfter(t, 10 * minuteMs, 2 * minuteMs), 10 * minuteMs)
})

t.test('who wants to be asked at once is left in peace as long as everybody else', async (t) => {
  t.equal(await pauseAfter(t, 0), 4_000)
  t.equal(await pauseAfter(t, -dayMs, 2 * minuteMs), 2 * minuteMs)
  t.equal(await pauseAfter(t, undefined), 4_000)
})

t.test('who wants to be asked in a year is asked for the last time when the day is over', async (t) => {
  t.equal(await pauseAfter(t, 365 * dayMs, 23 * 60 * minuteMs), 60 * minuteMs)
  t.equal(await pauseAfter(t, 365 * dayMs, dayMs), undefined, 'then it is given up')
})
