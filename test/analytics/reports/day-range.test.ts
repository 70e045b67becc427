import fc from 'fast-check'
import t from 'tap'
import { daysOf, inParts, parseDayRange } from '../../../src/analytics/reports/day-range.ts'

const today = '2026-11-26'
const now = Date.parse('2026-11-26T15:00:00Z')

t.test('without a wish it is the last thirty days; with an end alone, the thirty up to it', (t) => {
  t.same(parseDayRange({}, null, now), { from: '2026-10-28', to: today })
  t.same(parseDayRange({ to: '2026-03-02' }, null, now), { from: '2026-02-01', to: '2026-03-02' })
  t.same(parseDayRange({ from: '2026-11-20' }, null, now), { from: '2026-11-20', to: today })
  t.same(parseDayRange({}, 'Pacific/Auckland', now).to, '2026-11-27', 'where it is tomorrow already')
  t.same(parseDayRange({ from: '2026-12-01' }, null, now), { from: '2026-12-01', to: '2026-12-01' }, 'a day to come')
  t.end()
})

t.test('it has each of its days once, the first and the last among them', (t) => {
  const day = fc.nat(3_000).map((days) => new Date(Date.UTC(2020, 0, 1 + days)).toISOString().slice(0, 10))
  fc.assert(
    fc.property(day, day, (one, other) => {
      const [from, to] = [one, other].sort() as [string, string]
      const days = daysOf(parseDayRange({ from, to }, null, now))
      t.equal(days[0], from)
      t.equal(days.at(-1), to)
      t.same(days, [...new Set(days)].sort())
      t.equal(days.length, (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1)
    }),
  )
  t.end()
})

t.test('what is no day, or no period, is refused with what to write', (t) => {
  for (const from of ['', 'yesterday', '2026-02-30', '2026-13-01', '26-11-01', '2026-11-01T00:00:00Z']) {
    t.throws(() => parseDayRange({ from }, null, now), {
      code: 'invalid',
      details: { field: 'from' },
      message: /like 2026-11-30/,
    })
  }
  t.throws(() => parseDayRange({ to: '2026-11-31' }, null, now), { code: 'invalid', details: { field: 'to' } })
  t.throws(() => parseDayRange({ from: '2026-11-27', to: '2026-11-26' }, null, now), { message: /is after/ })
  t.throws(() => parseDayRange({ from: '2010-01-01' }, null, now), { message: /ten years/ })
  t.end()
})

t.test('asked for in parts, it is the same days', async (t) => {
  for (const to of ['2026-01-01', '2026-01-14', '2026-01-15', '2026-12-31']) {
    const days: string[] = []
    for await (const part of inParts({ from: '2026-01-01', to })) days.push(...daysOf(part))
    t.same(days, daysOf({ from: '2026-01-01', to }))
  }
})
