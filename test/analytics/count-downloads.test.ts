import fc from 'fast-check'
import t from 'tap'
import { agentOf } from '../../src/analytics/agent.ts'
import { type CountOptions, countDownloads } from '../../src/analytics/count-downloads.ts'
import type { RenditionFacts } from '../../src/analytics/rendition-facts.ts'
import { addHit, type ListeningWindow } from '../../src/analytics/window.ts'
import type { CountWindow } from '../../src/core/config.ts'
import type { Hit } from '../../src/core/events.ts'
import { halfHour, hourMs, makeHit, makePart, monday } from '../fixtures/hits.ts'
import { countByHand } from './count-by-hand.ts'

const optionsOf = (window: CountWindow, facts: RenditionFacts): CountOptions => ({
  factsOf: (renditionId) => (renditionId === 'gone' ? undefined : facts),
  ruleOf: () => ({ window, timeZone: null }),
  agentOf,
})

const firstTouch = optionsOf('first-touch', halfHour)

t.test('each listener and each episode counts', async (t) => {
  const hits = [
    makeHit(),
    makeHit({ listenerKey: 'other' }),
    makeHit({ userAgent: 'Castro 2020.14/1287' }),
    makeHit({ episodeId: 'second' }),
    makeHit({ episodeId: 'second', at: monday + hourMs }),
  ]
  t.equal(countDownloads(hits, firstTouch).length, 4)
})

t.test('six apps behind one address that ask ten times are six downloads (IAB 2.3 §5.5.4)', async (t) => {
  const hits = Array.from({ length: 10 }, (_, index) =>
    makeHit({ userAgent: `Castria/${index % 6}`, at: monday + index }),
  )
  t.equal(countDownloads(hits, firstTouch).length, 6)
})

t.test('what is refused and what was of a rendition that is gone counts for nothing', async (t) => {
  const hits = [makeHit({ method: 'HEAD' }), makeHit({ userAgent: 'curl/8.5.0' }), makeHit({ renditionId: 'gone' })]
  t.same(countDownloads(hits, firstTouch), [])
})

t.test('the day is that of the opening, in the zone of the show', async (t) => {
  const at = Date.parse('2026-11-25T23:30:00Z')
  const hits = [makePart(0, 599_999, { at }), makePart(600_000, 1_999_999, { at: at + hourMs })]
  t.match(countDownloads(hits, firstTouch), [{ episodeId: 'episode', day: '2026-11-25', window: { openedAt: at } }])
  const inBerlin = { ...firstTouch, ruleOf: () => ({ window: 'first-touch', timeZone: 'Europe/Berlin' }) as const }
  t.match(countDownloads(hits, inBerlin), [{ day: '2026-11-26' }])
})

t.test('a change of keys breaks no window', async (t) => {
  const before = makeHit()
  const after = (hours: number, differently: Partial<Hit> = {}) =>
    makeHit({ at: monday + hours * hourMs, listenerKey: 'new', previousKey: 'key', ...differently })
  t.equal(countDownloads([before, after(1)], firstTouch).length, 1, 'within the window')
  t.equal(countDownloads([before, after(1), after(2)], firstTouch).length, 1, 'and once more')
  t.equal(countDownloads([before, after(25)], firstTouch).length, 2, 'after the window')
  t.equal(countDownloads([before, after(1), after(25, { previousKey: undefined })], firstTouch).length, 2)
  t.equal(countDownloads([before, after(1, { previousKey: undefined })], firstTouch).length, 2, 'without the old key')
  t.equal(countDownloads([before, after(1, { previousKey: 'another' })], firstTouch).length, 2, 'with another’s key')
  const halves = [
    makePart(0, 599_999),
    makePart(600_000, 1_999_999, { ...after(1), status: 206, range: 'bytes=600000-1999999' }),
  ]
  t.equal(countDownloads(halves, firstTouch).length, 1, 'half a minute by each key')
})

const tiny: RenditionFacts = { bytes: 200, headerBytes: 20, bitrateKbps: 0.008, durationSeconds: 180 }

const bound = fc.nat(220)
const range = fc.oneof(
  fc.constantFrom(undefined, 'bytes=0-1', 'bytes=0-', 'bytes=-90', 'nonsense'),
  fc.tuple(bound, bound).map(([first, length]) => `bytes=${first}-${first + length}`),
)
const anyHit: fc.Arbitrary<Hit> = fc
  .record({
    at: fc.nat(100).map((hours) => monday + hours * hourMs),
    method: fc.constantFrom('GET', 'GET', 'GET', 'GET', 'HEAD'),
    status: fc.constantFrom(200, 206, 206, 206, 302, 304),
    range,
    bytesSent: fc.nat(220),
    episodeId: fc.constantFrom('one', 'two'),
    renditionId: fc.constantFrom('first', 'second', 'gone'),
    listenerKey: fc.constantFrom('key', 'other'),
    previousKey: fc.constantFrom(undefined, undefined, undefined, 'key'),
    door: fc.constantFrom(
      'audio' as const,
      'audio' as const,
      'download' as const,
      'media' as const,
      'private' as const,
    ),
    source: fc.constantFrom('station' as const, 'log' as const),
    userAgent: fc.constantFrom('AntennaPod/3.1', 'AntennaPod/3.1', 'curl/8', undefined),
  })
  .map((differently) => makeHit(differently))
const anyHits = fc.array(anyHit, { maxLength: 40 })
const anyWindow = fc.constantFrom<CountWindow>('first-touch', 'last-touch', 'calendar-day')

t.test('counting says what counting byte by byte says', async () => {
  fc.assert(
    fc.property(anyHits, anyWindow, (hits, window) => {
      const counted = countDownloads(hits, optionsOf(window, tiny))
      const openings = counted.map(
        ({ episodeId, listener, window: { openedAt } }) => `${episodeId} ${listener.split('.')[0]} ${openedAt}`,
      )
      return isSame(openings.sort(), countByHand(hits, window, tiny))
    }),
    { numRuns: 2_000 },
  )
})

t.test('hits at the same instant may come in any order', async () => {
  fc.assert(
    fc.property(anyHits, anyWindow, fc.array(fc.nat(), { minLength: 40, maxLength: 40 }), (hits, window, keys) => {
      const shuffled = hits
        .map((hit, index) => [keys[index] ?? 0, hit] as const)
        .sort(([one], [other]) => one - other)
        .map(([, hit]) => hit)
      return isSame(countDownloads(hits, optionsOf(window, tiny)), countDownloads(shuffled, optionsOf(window, tiny)))
    }),
  )
})

t.test('windows that are kept as JSON between batches are those of one replay', async () => {
  fc.assert(
    fc.property(anyHits, anyWindow, fc.array(fc.nat(40), { maxLength: 6 }), (hits, window, cuts) => {
      const rule = { window, timeZone: 'Europe/Berlin' }
      const inOrder = hits.toSorted((one, other) => one.at - other.at)
      const fold = (windows: readonly ListeningWindow[], batch: readonly Hit[]) =>
        batch.reduce((all, hit) => addHit(all, hit, tiny, rule), windows)
      const ends = [...cuts.sort((one, other) => one - other), inOrder.length]
      let kept: readonly ListeningWindow[] = []
      let from = 0
      for (const end of ends) {
        kept = JSON.parse(JSON.stringify(fold(kept, inOrder.slice(from, end))))
        from = Math.max(from, end)
      }
      return isSame(kept, fold([], inOrder)) && kept.every((each) => bytesOf(each) <= 3 * tiny.bytes)
    }),
  )
})

const bytesOf = ({ heard }: ListeningWindow): number =>
  Object.values(heard)
    .flat()
    .reduce((sum, [start, end]) => sum + end - start, 0)

/** As values: the renditions of a window may stand in another order. */
function isSame(one: unknown, other: unknown): boolean {
  const inOrder = (_key: string, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([first], [second]) => (first < second ? -1 : 1)))
      : value
  return JSON.stringify(one, inOrder) === JSON.stringify(other, inOrder)
}
