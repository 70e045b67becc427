import t, { type Test } from 'tap'
import { createShowCache } from '../../src/shows/show-cache.ts'
import { eventually } from '../journey/program.ts'
import { openStation } from '../station.ts'

/** A cache whose keys are `show/anything`, and the keys that it loaded. */
async function openCache(t: Test, limit = 10) {
  const { app } = await openStation(t)
  const loads: string[] = []
  const waits = new Map<string, Promise<unknown>>()
  const cache = createShowCache(app.changes, limit, async (key) => {
    loads.push(key)
    await waits.get(key)
    if (key.endsWith('!')) throw new Error(`no ${key}`)
    return { showId: key.slice(0, key.indexOf('/')), value: `${key} ${loads.length}` }
  })
  t.teardown(cache.close)
  // After the cache has, because it listened first.
  const heard: string[] = []
  app.changes.onChange((key) => heard.push(key))
  const mark = (key: string) => app.db.transaction().execute((db) => app.changes.mark(db, key))
  return { cache, loads, waits, mark, heard }
}

t.test('what was made is kept, until its show or its feed changes', async (t) => {
  const { cache, loads, mark } = await openCache(t)
  for (const key of ['a/1', 'a/2', 'b/1', 'a/1', 'a/2']) await cache.get(key)
  t.same(loads, ['a/1', 'a/2', 'b/1'])
  for (const change of ['show:a', 'feed:a']) {
    loads.length = 0
    await mark(change)
    await eventually(20, async () => {
      await cache.get('a/1')
      return loads.length > 0
    })
    for (const key of ['a/1', 'a/2', 'b/1']) await cache.get(key)
    t.same(loads, ['a/1', 'a/2'], `${change}: those of the other show are kept`)
  }
})

t.test('the oldest goes when there are too many', async (t) => {
  const { cache, loads } = await openCache(t, 2)
  for (const key of ['a/1', 'a/2', 'a/3', 'a/3', 'a/2', 'a/1']) await cache.get(key)
  t.same(loads, ['a/1', 'a/2', 'a/3', 'a/1'])
})

t.test('many who ask at once wait for one load; a load that fails is told to all of them and not kept', async (t) => {
  const { cache, loads } = await openCache(t)
  t.same(await Promise.all([cache.get('a/1'), cache.get('a/1')]), ['a/1 1', 'a/1 1'])
  const refusals = await Promise.allSettled([cache.get('a/!'), cache.get('a/!')])
  t.match(refusals, [{ reason: { message: 'no a/!' } }, { reason: { message: 'no a/!' } }])
  await t.rejects(cache.get('a/!'))
  t.same(loads, ['a/1', 'a/!', 'a/!'])
})

t.test('a load that a change overtook is answered, and not kept', async (t) => {
  const { cache, loads, waits, mark, heard } = await openCache(t)
  let finish = () => {}
  waits.set('a/1', new Promise<void>((resolve) => (finish = resolve)))
  const early = cache.get('a/1')
  await mark('show:b')
  await eventually(20, async () => heard.includes('show:b'))
  finish()
  t.equal(await early, 'a/1 1')
  await cache.get('a/1')
  t.same(loads, ['a/1', 'a/1'])
})

t.test(
  'where entries weigh, they go by weight, what was not asked for longest first; one that is too heavy is not kept',
  async (t) => {
    const { app } = await openStation(t)
    const loads: string[] = []
    const cache = createShowCache(
      app.changes,
      10,
      async (key) => {
        loads.push(key)
        return { showId: 'a', value: Number(key) }
      },
      (value) => value,
    )
    t.teardown(cache.close)
    for (const key of ['4', '5', '4', '3', '4', '5']) await cache.get(key)
    t.same(loads, ['4', '5', '3', '5'], '5 went for 3, because 4 was asked for since')
    for (const key of ['11', '11', '4']) await cache.get(key)
    t.same(loads.slice(4, 6), ['11', '11'])
  },
)

t.test('what is there is given at once, all else is waited for', async (t) => {
  const { cache } = await openCache(t)
  const first = cache.getNow('a/1')
  t.ok(first instanceof Promise)
  t.equal(await first, 'a/1 1')
  t.equal(cache.getNow('a/1'), 'a/1 1')
  await t.rejects(async () => cache.getNow('a/!'), { message: 'no a/!' })
})
