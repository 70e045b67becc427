import fc from 'fast-check'
import t from 'tap'
import { audioParts, heardParts } from '../../src/analytics/heard-parts.ts'
import { type Interval, union } from '../../src/analytics/intervals.ts'
import type { RenditionFacts } from '../../src/analytics/rendition-facts.ts'

/** Ten bytes to each part, behind five of a header. */
const facts: RenditionFacts = { bytes: 1_005, headerBytes: 5, bitrateKbps: 1, durationSeconds: 100 }
const factsOf = (id: string) => (id === 'gone' ? undefined : facts)

const heard = (heard: Record<string, readonly Interval[]>) =>
  [...heardParts({ heard, isHeardWhole: false }, factsOf)].flatMap((is, part) => (is ? [part] : []))

t.test('a part is heard when half of it was fetched', async (t) => {
  t.same(heard({ mp3: [[0, 5]] }), [], 'the header alone')
  t.same(heard({ mp3: [[0, 9]] }), [])
  t.same(heard({ mp3: [[0, 10]] }), [0])
  t.same(heard({ mp3: [[10, 30]] }), [0, 1, 2])
  t.same(
    heard({
      mp3: [
        [105, 108],
        [110, 112],
      ],
    }),
    [10],
    'in two pieces',
  )
  t.same(heard({ mp3: [[995, 1_005]] }), [99])
  t.same(heard({ mp3: [[0, 1_005]] }).length, audioParts)
})

t.test('renditions are heard together, those that are gone not at all', async (t) => {
  t.same(heard({ mp3: [[5, 15]], aac: [[25, 35]], gone: [[45, 55]] }), [0, 2])
  t.same([...heardParts({ heard: {}, isHeardWhole: true }, factsOf)].every(Boolean), true)
})

t.test('it is what counting byte by byte says', async () => {
  const interval = fc.tuple(fc.nat(1_004), fc.integer({ min: 1, max: 300 }))
  fc.assert(
    fc.property(fc.array(interval, { maxLength: 8 }), (pieces) => {
      const intervals = union(
        [],
        pieces.map(([start, length]) => [start, Math.min(1_005, start + length)] as const),
      )
      const bytes = new Set(
        intervals.flatMap(([start, end]) => Array.from({ length: end - start }, (_, at) => start + at)),
      )
      const halves = Array.from({ length: audioParts }, (_, part) => part).filter(
        (part) => Array.from({ length: 10 }, (_, at) => 5 + part * 10 + at).filter((at) => bytes.has(at)).length >= 5,
      )
      return String(halves) === String(heard({ mp3: intervals }))
    }),
  )
})
