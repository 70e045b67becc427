import t from 'tap'
import { parseRetryAfter } from '../../../src/feeds/push/retry-after.ts'

const now = Date.parse('2026-03-01T12:00:00Z')

t.test('seconds and dates say when, in any of the forms of RFC 9110', async (t) => {
  for (const [header, expected] of [
    ['120', now + 120_000],
    [' 0 ', now],
    ['Sun, 01 Mar 2026 12:05:00 GMT', now + 300_000],
    ['Sunday, 01-Mar-26 12:05:00 GMT', now + 300_000],
    ['Sun Mar  1 12:05:00 2026', now + 300_000],
  ] as const) {
    t.equal(parseRetryAfter(header, now), expected, header)
  }
})

t.test('whatever else says nothing', async (t) => {
  for (const header of [null, '', '-5', '1.5', 'soon', '99999999999', '2026-03-01', 'Sun, 99 Mar 2026 12:05:00 GMT']) {
    t.equal(parseRetryAfter(header, now), undefined, String(header))
  }
})
