import fc from 'fast-check'
import t from 'tap'
import { daysOf, parsePeriod } from '../../../src/analytics/reports/period.ts'

const today = '2026-11-26'

t.test('without a wish it is the last thirty days; with an end alone, the thirty up to it', (t) => {
  t.same(parsePeriod({}, today), { from: '2026-10-28', to: today })
  t.same(parsePeriod({ to: '2026-03-02' }, today), { from: '2026-02-01', to: '2026-03-02' })
  t.same(parsePeriod({ from: '2026-11-20' }, today), { from: '2026-11-20', to: today })
  t.end()
})

t.test('it has each of its days once, the first and the last among them', (t) => {
  const day = fc.nat(3_000).map((days) => new Date(Date.UTC(2020, 0, 1 + days)).toISOString().slice(0, 10))
  fc.assert(
    fc.property(day, day, (one, other) => {
      const [from, to] = [one, other].sort() as [string, string]
      const days = daysOf(parsePeriod({ from, to }, today))
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
    t.throws(() => parsePeriod({ from }, today), {
      code: 'invalid',
      details: { field: 'from' },
      message: /like 2026-11-26/,
    })
  }
  t.throws(() => parsePeriod({ to: '2026-11-31' }, today), { code: 'invalid', details: { field: 'to' } })
  t.throws(() => parsePeriod({ from: '2026-11-27' }, today), { message: /ends .* before it begins/ })
  t.throws(() => parsePeriod({ from: '2010-01-01' }, today), { message: /ten years/ })
  t.end()
})
