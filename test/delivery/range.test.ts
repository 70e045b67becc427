import fc from 'fast-check'
import t from 'tap'
import { parseRange } from '../../src/delivery/range.ts'

/** header, size, answer: RFC 9110 §14.1.2. */
const cases: [string, number, ReturnType<typeof parseRange>][] = [
  ['bytes=0-0', 10, { start: 0, end: 0 }],
  ['bytes=0-1', 10, { start: 0, end: 1 }],
  ['bytes=2-', 10, { start: 2, end: 9 }],
  ['bytes=9-', 10, { start: 9, end: 9 }],
  ['bytes=0-99', 10, { start: 0, end: 9 }],
  ['bytes=-3', 10, { start: 7, end: 9 }],
  ['bytes=-99', 10, { start: 0, end: 9 }],
  ['BYTES=1-2', 10, { start: 1, end: 2 }],
  ['bytes=10-', 10, 'unsatisfiable'],
  ['bytes=10-20', 10, 'unsatisfiable'],
  ['bytes=-0', 10, 'unsatisfiable'],
  ['bytes=0-', 0, 'unsatisfiable'],
  ['bytes=-', 10, undefined],
  ['bytes=5-2', 10, undefined],
  ['bytes=a-b', 10, undefined],
  ['items=0-1', 10, undefined],
  ['bytes=0-1,3-4', 10, undefined],
  ['bytes', 10, undefined],
]

for (const [header, size, answer] of cases) {
  t.same(parseRange(header, size), answer, `${header} of ${size} bytes`)
}

t.test('whatever is asked, a range lies inside what there is', async () => {
  const header = fc.oneof(
    fc.string(),
    fc.tuple(fc.nat(), fc.nat()).map(([first, last]) => `bytes=${first}-${last}`),
    fc.nat().map((last) => `bytes=-${last}`),
  )
  fc.assert(
    fc.property(header, fc.nat(5_000), (text, size) => {
      const range = parseRange(text, size)
      if (range === undefined || range === 'unsatisfiable') return true
      return range.start >= 0 && range.start <= range.end && range.end < size
    }),
  )
})
