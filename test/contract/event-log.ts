import type { Test } from 'tap'
import type { EventLog, Hit } from '../../src/core/events.ts'
import { newId } from '../../src/core/ids.ts'
import { eventually } from '../journey/program.ts'

export const hit = (more: Partial<Hit> = {}): Hit => ({
  id: newId(),
  at: Date.now(),
  episodeId: 'episode',
  renditionId: 'rendition',
  listenerKey: 'listener',
  previousKey: undefined,
  country: 'IS',
  feedTokenId: undefined,
  door: 'audio',
  source: 'station',
  method: 'GET',
  status: 206,
  range: 'bytes=0-99',
  bytesSent: 100,
  userAgent: 'AntennaPod/3.9 “ünïcode”\n',
  referrer: undefined,
  ...more,
})

/** What every `EventLog` must do. `openAnother` gives the same log as another process on the same home would have it. */
export async function eventLogSuite(t: Test, openAnother: () => EventLog): Promise<void> {
  const logs: EventLog[] = []
  function open(): EventLog {
    const log = openAnother()
    logs.push(log)
    return log
  }
  // One that is left open might take the hits of the next test, and ship them later.
  t.afterEach(async () => {
    for (const log of logs.splice(0)) await log.close()
  })

  await t.test('hits come out as they went in, in order, and reading goes on from a position', async (t) => {
    const log = open()
    const hits = [hit(), hit({ range: undefined, userAgent: undefined, referrer: 'https://example.com/' }), hit()]
    for (const each of hits) log.append(each)
    await log.close()
    const first = await open().read(0, 2)
    t.same(first.hits, hits.slice(0, 2))
    const rest = await open().read(first.position, 10)
    t.same(rest.hits, hits.slice(2))
    t.same(await open().read(rest.position, 10), { hits: [], position: rest.position })
  })

  await t.test('a running log ships by itself within some seconds', async (t) => {
    const log = open()
    const { position } = await log.read(0, 1_000)
    log.append(hit({ episodeId: 'shipped' }))
    const seen = await eventually(5, async () => (await log.read(position, 10)).hits[0])
    t.equal(seen.episodeId, 'shipped')
    await log.close()
  })

  await t.test('a hit that is shipped twice is one hit', async (t) => {
    const twice = hit()
    for (const log of [open(), open()]) {
      log.append(twice)
      await log.close()
    }
    const { hits } = await open().read(0, 1_000)
    t.equal(hits.filter((each) => each.id === twice.id).length, 1)
  })

  await t.test('hits of another log are stored when that is said, and told apart from known ones', async (t) => {
    const log = open()
    const { position } = await log.read(0, 10_000)
    const hits = Array.from({ length: 501 }, () => hit({ source: 'log' }))
    t.equal(await log.appendAll(hits), 501)
    const { hits: stored } = await open().read(position, 10_000)
    t.same(stored, hits)
    const newest = [hit({ source: 'log' }), hit({ source: 'log' })]
    t.equal(await log.appendAll([...hits.slice(300), ...newest, ...newest]), 2)
    t.equal(await log.appendAll(hits), 0)
    t.equal(await log.appendAll([]), 0)
    t.same((await open().read(position, 10_000)).hits, [...hits, ...newest])
  })

  await t.test('two that take the same log at once count each hit once', async (t) => {
    const [one, other] = [open(), open()]
    const hits = Array.from({ length: 1_000 }, () => hit({ source: 'log' }))
    const taken = await Promise.all([one.appendAll(hits), other.appendAll(hits)])
    t.equal(taken[0] + taken[1], hits.length)
  })

  await t.test('what listeners asked of an episode is found by their keys and the keys before', async (t) => {
    const log = open()
    const { position } = await log.read(0, 1_000)
    const asked = (id: string, listenerKey: string, at: number, previousKey?: string) =>
      hit({ id, listenerKey, at, previousKey, episodeId: 'heard' })
    for (const each of [asked('third', 'a', 300), asked('second', 'b', 200, 'a'), asked('first', 'a', 200)])
      log.append(each)
    for (const each of [asked('other', 'c', 100), hit({ id: 'elsewhere', listenerKey: 'a' })]) log.append(each)
    await log.close()
    const next = open()
    const last = (await next.read(position, 1_000)).position
    const ids = async (keys: string[], options: { from?: number; upTo: number }) =>
      (await next.readListeners('heard', keys, options)).map(({ id }) => id)
    t.same(await ids(['a'], { upTo: last }), ['second', 'first', 'third'], 'at one instant in the order of arrival')
    t.same(await ids(['b'], { upTo: last }), ['second'])
    t.same(await ids(['a', 'c'], { from: 201, upTo: last }), ['third'])
    const keys = Array.from({ length: 1_001 }, (_, index) => `nobody ${index}`)
    t.same(await ids([...keys, 'c'], { upTo: last }), ['other'], 'however many are asked for')
    const [other] = await next.readListeners('heard', ['c'], { upTo: last })
    t.same(await ids(['c'], { upTo: (other?.position ?? 0) - 1 }), [])
    t.match(other, { id: 'other', country: 'IS' })
    t.same(await next.listListenerKeys('heard', { after: '', limit: 2 }), ['a', 'b'])
    t.same(await next.listListenerKeys('heard', { after: 'b', limit: 2 }), ['c'])
  })

  await t.test('forget deletes what is older, but nothing after that position', async (t) => {
    const log = open()
    const ancient = Array.from({ length: 2_100 }, (_, index) => hit({ id: `ancient ${index}`, at: 1_000 }))
    for (const each of ancient) log.append(each)
    await log.close()
    const next = open()
    const { position } = await next.read(0, 10_000)
    next.append(hit({ id: 'not counted', at: 1_000 }))
    await next.close()
    await next.forget(2_000, position)
    const { hits } = await next.read(0, 10_000)
    t.same(
      hits.filter(({ at }) => at === 1_000).map(({ id }) => id),
      ['not counted'],
    )
    t.ok(hits.length > 1)
  })
}
