import fc from 'fast-check'
import t from 'tap'
import { dayOf } from '../../src/analytics/day.ts'

/** Instant, zone, day; among them the days of 23 and of 25 hours. */
const cases: [string, string | null, string][] = [
  ['2026-11-26T00:00:00.000Z', null, '2026-11-26'],
  ['2026-11-25T23:59:59.999Z', null, '2026-11-25'],
  ['2026-11-25T23:00:00.000Z', 'Europe/Berlin', '2026-11-26'],
  ['2026-11-25T22:59:59.999Z', 'Europe/Berlin', '2026-11-25'],
  ['2026-03-28T23:00:00.000Z', 'Europe/Berlin', '2026-03-29'],
  ['2026-03-29T21:59:59.999Z', 'Europe/Berlin', '2026-03-29'],
  ['2026-03-29T22:00:00.000Z', 'Europe/Berlin', '2026-03-30'],
  ['2026-10-24T22:00:00.000Z', 'Europe/Berlin', '2026-10-25'],
  ['2026-10-25T22:59:59.999Z', 'Europe/Berlin', '2026-10-25'],
  ['2026-10-25T23:00:00.000Z', 'Europe/Berlin', '2026-10-26'],
  ['2026-11-25T18:14:59.999Z', 'Asia/Kathmandu', '2026-11-25'],
  ['2026-11-25T18:15:00.000Z', 'Asia/Kathmandu', '2026-11-26'],
  ['2026-11-26T07:59:59.999Z', 'America/Los_Angeles', '2026-11-25'],
  ['2026-11-26T10:00:00.000Z', 'Pacific/Kiritimati', '2026-11-27'],
]

for (const [instant, zone, day] of cases)
  t.equal(dayOf(Date.parse(instant), zone), day, `${instant} in ${zone ?? 'UTC'}`)

t.test('UTC days are those of ISO instants', async () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), (at) => dayOf(at, null) === new Date(at).toISOString().slice(0, 10)),
  )
})

t.test('a zone that there is not is refused', async (t) => {
  t.throws(() => dayOf(0, 'Mars/Olympus'), RangeError)
})
