import fc from 'fast-check'
import t from 'tap'
import { coveredBytes, type Interval, mostIntervals, union } from '../../src/analytics/intervals.ts'

/** What is there, what comes, both together. */
const cases: [Interval[], Interval[], Interval[]][] = [
  [[], [[0, 5]], [[0, 5]]],
  [[[0, 5]], [[5, 9]], [[0, 9]]],
  [
    [[0, 5]],
    [[6, 9]],
    [
      [0, 5],
      [6, 9],
    ],
  ],
  [
    [[6, 9]],
    [[0, 5]],
    [
      [0, 5],
      [6, 9],
    ],
  ],
  [
    [
      [0, 5],
      [8, 9],
    ],
    [[4, 8]],
    [[0, 9]],
  ],
  [[[0, 9]], [[2, 4]], [[0, 9]]],
  [[[2, 4]], [[0, 9]], [[0, 9]]],
  [
    [
      [0, 2],
      [4, 6],
      [8, 10],
    ],
    [[1, 9]],
    [[0, 10]],
  ],
  [
    [],
    [
      [7, 9],
      [0, 1],
      [1, 3],
    ],
    [
      [0, 3],
      [7, 9],
    ],
  ],
  [[[0, 5]], [[3, 3]], [[0, 5]]],
]

for (const [intervals, more, both] of cases) {
  t.same(union(intervals, more), both, `${JSON.stringify(intervals)} and ${JSON.stringify(more)}`)
}

t.test('what adds nothing gives the same list back', async (t) => {
  const intervals: Interval[] = [
    [0, 10],
    [20, 30],
  ]
  t.equal(
    union(intervals, [
      [2, 8],
      [20, 30],
    ]),
    intervals,
  )
})

t.test('a machine that picks single bytes is forgotten at some point, and what is there still grows', async (t) => {
  const picked = union(
    [],
    Array.from({ length: mostIntervals + 500 }, (_, index): Interval => [index * 10, index * 10 + 1]),
  )
  t.equal(picked.length, mostIntervals)
  t.same(union(picked, [[0, mostIntervals * 10]]), [[0, mostIntervals * 10]])
})

t.test('a union is what a set of bytes would be, in any order, and never more than the file', async () => {
  const interval = fc.tuple(fc.nat(100), fc.nat(20)).map(([start, length]): Interval => [start, start + length])
  fc.assert(
    fc.property(fc.array(interval, { maxLength: 40 }), fc.infiniteStream(fc.nat()), (intervals, order) => {
      const bytes = new Set(
        intervals.flatMap(([start, end]) => Array.from({ length: end - start }, (_, at) => start + at)),
      )
      const shuffled = intervals
        .map((each) => [order.next().value, each] as const)
        .sort(([one], [other]) => one - other)
      const joined = union(
        [],
        shuffled.map(([, each]) => each),
      )
      const gaps = joined.every(([start, end], index) => start < end && start > (joined[index - 1]?.[1] ?? -1))
      return (
        gaps &&
        coveredBytes(joined) === bytes.size &&
        joined.every(([start, end]) => bytes.has(start) && bytes.has(end - 1))
      )
    }),
  )
})
