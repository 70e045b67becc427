import fc from 'fast-check'
import t from 'tap'
import { deliveredIntervals } from '../../src/analytics/delivered-intervals.ts'
import { coveredBytes, type Interval, union } from '../../src/analytics/intervals.ts'
import type { Hit } from '../../src/core/events.ts'
import { halfHour, makeHit } from '../fixtures/hits.ts'

const facts = { ...halfHour, bytes: 1_000 }

/** What the hit is, and what it handed out of a thousand bytes. */
const cases: [string, Partial<Hit>, Interval[]][] = [
  ['all of the file', { status: 200, bytesSent: 1_000 }, [[0, 1_000]]],
  ['the listener went away', { status: 200, bytesSent: 300 }, [[0, 300]]],
  ['went away before the first byte', { status: 200, bytesSent: 0 }, []],
  ['more than there is, with the head of the answer in a log', { status: 200, bytesSent: 1_400 }, [[0, 1_000]]],
  ['a range that was not heeded (If-Range)', { status: 200, range: 'bytes=500-', bytesSent: 1_000 }, [[0, 1_000]]],
  ['a range', { status: 206, range: 'bytes=100-199', bytesSent: 100 }, [[100, 200]]],
  ['a range, aborted', { status: 206, range: 'bytes=100-199', bytesSent: 30 }, [[100, 130]]],
  ['an open range', { status: 206, range: 'bytes=900-', bytesSent: 100 }, [[900, 1_000]]],
  ['an open range, aborted', { status: 206, range: 'bytes=0-', bytesSent: 10 }, [[0, 10]]],
  ['the last bytes', { status: 206, range: 'bytes=-200', bytesSent: 200 }, [[800, 1_000]]],
  ['more last bytes than there are', { status: 206, range: 'bytes=-2000', bytesSent: 1_000 }, [[0, 1_000]]],
  ['a range beyond the end', { status: 206, range: 'bytes=900-5000', bytesSent: 100 }, [[900, 1_000]]],
  ['in other letters, with spaces', { status: 206, range: 'Bytes= 1-2 ', bytesSent: 2 }, [[1, 3]]],
  [
    'two ranges',
    { status: 206, range: 'bytes=0-99,200-299', bytesSent: 480 },
    [
      [0, 100],
      [200, 300],
    ],
  ],
  [
    'two ranges, the later first',
    { status: 206, range: 'bytes=200-299, 0-99', bytesSent: 480 },
    [
      [0, 100],
      [200, 300],
    ],
  ],
  ['two ranges, aborted in the first', { status: 206, range: 'bytes=200-399,0-99', bytesSent: 200 }, [[200, 250]]],
  ['two ranges, aborted in the head', { status: 206, range: 'bytes=0-399,500-999', bytesSent: 100 }, []],
  ['two ranges that the server joined', { status: 206, range: 'bytes=0-99,50-199', bytesSent: 200 }, [[0, 200]]],
  ['two ranges, one of them beyond the end', { status: 206, range: 'bytes=0-99,2000-', bytesSent: 100 }, [[0, 100]]],
  ['a part that a log does not place', { status: 206, bytesSent: 400 }, [[0, 400]]],
  ['a part by a range that is none', { status: 206, range: 'bytes=x', bytesSent: 400 }, [[0, 400]]],
  ['HEAD', { method: 'HEAD', status: 200, bytesSent: 1_000 }, []],
  ['not modified', { status: 304, bytesSent: 100 }, []],
  ['not satisfiable', { status: 416, range: 'bytes=5000-', bytesSent: 100 }, []],
  ['a redirect', { status: 302, bytesSent: 100 }, []],
  ['an error page', { status: 404, bytesSent: 100 }, []],
]

for (const [what, hit, intervals] of cases) t.same(deliveredIntervals(makeHit(hit), facts), intervals, what)

t.test('whatever is asked and sent, no more than the file and no more than what was sent was handed out', async () => {
  const spec = fc
    .tuple(fc.option(fc.nat(1_200)), fc.option(fc.nat(1_200)))
    .map(([first, last]) => `${first ?? ''}-${last ?? ''}`)
  const range = fc.oneof(
    fc.string(),
    fc.array(spec, { minLength: 1, maxLength: 4 }).map((specs) => `bytes=${specs.join(',')}`),
  )
  fc.assert(
    fc.property(
      fc.constantFrom(200, 206),
      fc.option(range, { nil: undefined }),
      fc.nat(2_000),
      (status, range, bytesSent) => {
        const intervals = union([], deliveredIntervals(makeHit({ status, range, bytesSent }), facts))
        const inside = intervals.every(([start, end]) => start >= 0 && end <= facts.bytes)
        return inside && coveredBytes(intervals) <= Math.min(bytesSent, facts.bytes)
      },
    ),
  )
})
