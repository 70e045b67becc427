import { setTimeout as sleep } from 'node:timers/promises'
import type { Test } from 'tap'
import type { Changes } from '../../src/core/changes.ts'
import type { Db } from '../../src/core/db.ts'
import { eventually } from '../journey/program.ts'

type OpenChanges = Changes & { close(): Promise<void> }

/** What every `Changes` must do. `open` gives the same table as another process would see it. */
export async function changesSuite(t: Test, open: () => { changes: OpenChanges; db: Db }): Promise<void> {
  const { changes, db } = open()
  const mark = (key: string) => db.transaction().execute((transaction) => changes.mark(transaction, key))

  await t.test('since tells each key once, with the version to go on from', async (t) => {
    const start = await changes.version()
    await mark('a')
    await mark('b')
    await mark('a')
    const news = await changes.since(start)
    t.same(news.keys, ['b', 'a'])
    t.equal(news.version, await changes.version())
    t.same(await changes.since(news.version), { version: news.version, keys: [] })
  })

  await t.test('a change that is rolled back is told to nobody', async (t) => {
    const start = await changes.version()
    const rollback = db.transaction().execute(async (transaction) => {
      await changes.mark(transaction, 'never')
      throw new Error('no')
    })
    await t.rejects(rollback)
    t.same((await changes.since(start)).keys, [])
  })

  await t.test('writers at once, on two connections: a reader that follows the version misses none', async (t) => {
    const other = open()
    let version = await changes.version()
    const seen = new Set<string>()
    const look = async () => {
      const news = await changes.since(version)
      version = news.version
      for (const key of news.keys) seen.add(key)
    }
    const writing = Promise.all(
      Array.from({ length: 30 }, (_, index) => {
        const writer = index % 2 ? { changes, db } : other
        return writer.db.transaction().execute((transaction) => writer.changes.mark(transaction, `key ${index}`))
      }),
    )
    for (let looks = 0; looks < 20; looks += 1) await look()
    await writing
    await look()
    t.equal(seen.size, 30)
  })

  await t.test('a listener in another process hears of a change, until it stops', async (t) => {
    const other = open()
    t.teardown(() => other.changes.close())
    const heard: string[] = []
    const stop = other.changes.onChange((key) => heard.push(key))
    // It hears of what is changed after its first look, which it makes by itself.
    await eventually(20, async () => {
      await mark('show:1')
      return heard.length > 0
    })
    stop()
    const until = heard.length
    await mark('show:2')
    await sleep(400)
    t.same([...new Set(heard)], ['show:1'])
    t.equal(heard.length, until)
  })
}
