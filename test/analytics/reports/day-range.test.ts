import t from 'tap'
import { daysOf, inParts, parseDayRange } from '../../../src/analytics/reports/day-range.ts'

const now = Date.parse('2026-11-26T23:30:00Z')

t.test('the usual range is thirty days until today, in the zone of the show', async (t) => {
  t.same(parseDayRange({}, null, now), { from: '2026-10-28', to: '2026-11-26' })
  t.same(parseDayRange({}, 'Europe/Berlin', now), { from: '2026-10-29', to: '2026-11-27' })
  t.same(parseDayRange({ to: '2026-03-01' }, null, now), { from: '2026-01-31', to: '2026-03-01' })
  t.same(parseDayRange({ from: '2026-11-20' }, null, now), { from: '2026-11-20', to: '2026-11-26' })
  t.same(parseDayRange({ from: '2027-01-01' }, null, now), { from: '2027-01-01', to: '2027-01-01' })
  t.same(parseDayRange({ from: '2026-11-01', to: '2026-11-01' }, null, now), { from: '2026-11-01', to: '2026-11-01' })
})

t.test('what is no range is refused with a sentence', async (t) => {
  for (const [from, to, words] of [
    ['2026-11-31', undefined, /“2026-11-31” is not a day/],
    ['yesterday', undefined, /Write it like 2026-11-30/],
    ['2026-1-1', undefined, /not a day/],
    ['', undefined, /“” is not a day/],
    ['2026-11-01T00:00:00Z', undefined, /not a day/],
    [undefined, '2026-02-29', /not a day/],
    ['2026-11-02', '2026-11-01', /“from” \(2026-11-02\) is after “to” \(2026-11-01\)/],
    ['2016-01-01', '2026-11-01', /ten years/],
  ] as const) {
    t.throws(() => parseDayRange({ from, to }, null, now), { code: 'invalid', message: words })
  }
})

t.test('days and parts cover a range without a gap', async (t) => {
  t.same(daysOf({ from: '2026-02-27', to: '2026-03-02' }), ['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02'])
  for (const to of ['2026-01-01', '2026-01-14', '2026-01-15', '2026-12-31']) {
    const days: string[] = []
    for await (const part of inParts({ from: '2026-01-01', to })) days.push(...daysOf(part))
    t.same(days, daysOf({ from: '2026-01-01', to }))
  }
})
