import fc from 'fast-check'
import t from 'tap'
import { parseRanges } from '../../src/delivery/range.ts'

/** header, size, answer: RFC 9110 §14.1.2. */
const cases: [string, number, ReturnType<typeof parseRanges>][] = [
  ['bytes=0-0', 10, [{ start: 0, end: 0 }]],
  ['bytes=0-1', 10, [{ start: 0, end: 1 }]],
  ['bytes=2-', 10, [{ start: 2, end: 9 }]],
  ['bytes=9-', 10, [{ start: 9, end: 9 }]],
  ['bytes=0-99', 10, [{ start: 0, end: 9 }]],
  ['bytes=-3', 10, [{ start: 7, end: 9 }]],
  ['bytes=-99', 10, [{ start: 0, end: 9 }]],
  ['BYTES=1-2', 10, [{ start: 1, end: 2 }]],
  ['bytes=10-', 10, 'unsatisfiable'],
  ['bytes=10-20', 10, 'unsatisfiable'],
  ['bytes=-0', 10, 'unsatisfiable'],
  ['bytes=0-', 0, 'unsatisfiable'],
  ['bytes=-', 10, undefined],
  ['bytes=5-2', 10, undefined],
  ['bytes=a-b', 10, undefined],
  ['items=0-1', 10, undefined],
  [
    'bytes=0-1,3-4',
    10,
    [
      { start: 0, end: 1 },
      { start: 3, end: 4 },
    ],
  ],
  [
    'bytes=6-7, 0-1 ,-2',
    10,
    [
      { start: 6, end: 7 },
      { start: 0, end: 1 },
      { start: 8, end: 9 },
    ],
  ],
  ['bytes=0-1,20-30', 10, [{ start: 0, end: 1 }]],
  ['bytes=20-,30-', 10, 'unsatisfiable'],
  ['bytes=0-5,3-9', 10, undefined],
  ['bytes=0-1,x', 10, undefined],
  [
    'bytes=0-0,,2-2',
    10,
    [
      { start: 0, end: 0 },
      { start: 2, end: 2 },
    ],
  ],
  ['bytes= , 3-4,', 10, [{ start: 3, end: 4 }]],
  ['bytes=,', 10, undefined],
  [`bytes=${Array.from({ length: 17 }, (_, index) => `${2 * index}-${2 * index}`).join(',')}`, 100, undefined],
  ['bytes', 10, undefined],
]

for (const [header, size, answer] of cases) {
  t.same(parseRanges(header, size), answer, `${header} of ${size} bytes`)
}

t.test('whatever is asked, ranges lie inside what there is, and no byte is sent twice', async () => {
  const spec = fc.oneof(
    fc.tuple(fc.nat(9_999), fc.nat(9_999)).map(([first, last]) => `${first}-${last}`),
    fc.nat(9_999).map((last) => `-${last}`),
    fc.nat(9_999).map((first) => `${first}-`),
  )
  const header = fc.oneof(
    fc.string(),
    fc.array(spec, { minLength: 1, maxLength: 20 }).map((specs) => `bytes=${specs.join(',')}`),
  )
  fc.assert(
    fc.property(header, fc.nat(5_000), (text, size) => {
      const ranges = parseRanges(text, size)
      if (ranges === undefined || ranges === 'unsatisfiable') return true
      const isInside = ranges.every(({ start, end }) => start >= 0 && start <= end && end < size)
      return isInside && ranges.reduce((sum, { start, end }) => sum + end - start + 1, 0) <= size
    }),
  )
})
