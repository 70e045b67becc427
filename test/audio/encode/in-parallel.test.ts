import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { inParallel } from '../../../src/audio/encode/in-parallel.ts'

const { signal } = new AbortController()

t.test('results come in the order of the items, and no more lanes work than there are', async (t) => {
  let working = 0
  let most = 0
  const results = await inParallel([30, 1, 20, 2, 10], { lanes: 2, signal }, async (milliseconds, { lane }) => {
    most = Math.max(most, ++working)
    await sleep(milliseconds)
    working--
    t.ok(lane === 0 || lane === 1)
    return milliseconds * 2
  })
  t.same(results, [60, 2, 40, 4, 20])
  t.equal(most, 2)
})

t.test('when one fails the others are told to stop, and it rejects once they have', async (t) => {
  let ended = 0
  const run = inParallel([1, 2, 3], { lanes: 2, signal }, async (item, { signal }) => {
    if (item === 1) throw new Error('the first broke')
    await sleep(10_000, undefined, { signal }).catch(() => {})
    ended++
  })
  await t.rejects(run, { message: 'the first broke' })
  t.equal(ended, 1, 'the third was never begun')
})

t.test('an abort from outside is its reason', async (t) => {
  const run = inParallel([1], { lanes: 1, signal: AbortSignal.abort(new Error('cancelled')) }, async () => {})
  await t.rejects(run, { message: 'cancelled' })
})

t.test('nothing to do is done at once', async (t) =>
  t.same(await inParallel([], { lanes: 3, signal }, async () => 1), []),
)
