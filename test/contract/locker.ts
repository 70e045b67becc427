import { setTimeout as sleep } from 'node:timers/promises'
import type { Locker } from '@tus/server'
import type { Test } from 'tap'

const never = () => new AbortController().signal

/** What every locker of uploads must do. `open` gives it as another process would have it. */
export async function lockerSuite(t: Test, open: () => Locker): Promise<void> {
  const here = open()
  const there = open()

  await t.test('locks of different uploads do not meet', async () => {
    const locks = [here.newLock('a'), there.newLock('b')]
    for (const lock of locks) await lock.lock(never(), () => {})
    for (const lock of locks) await lock.unlock()
  })

  await t.test('who wants a held lock asks its holder for it, and gets it when it is released', async (t) => {
    const held = here.newLock('a')
    let isAsked = false
    await held.lock(never(), async () => {
      isAsked = true
      await held.unlock()
    })
    const wanted = there.newLock('a')
    await wanted.lock(never(), () => {})
    t.ok(isAsked)
    await wanted.unlock()
  })

  await t.test('waiting ends when the one who waits goes away', async (t) => {
    const held = here.newLock('a')
    await held.lock(never(), () => {})
    const gone = new AbortController()
    const waiting = there.newLock('a').lock(gone.signal, () => {})
    setTimeout(() => gone.abort(), 200)
    await t.rejects(waiting)
    await held.unlock()
  })

  await t.test('only one of many gets it at a time', async (t) => {
    let inside = 0
    let most = 0
    const work = async (locker: Locker) => {
      const lock = locker.newLock('busy')
      await lock.lock(never(), () => {})
      inside += 1
      most = Math.max(most, inside)
      await sleep(20)
      inside -= 1
      await lock.unlock()
    }
    await Promise.all([here, there, here, there].map(work))
    t.equal(most, 1)
  })
}
