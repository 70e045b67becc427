import fc from 'fast-check'
import t from 'tap'
import { parseInstant, parseLogTime } from '../../../src/analytics/ingest/log-time.ts'

/** What stands in a log, and when that is. */
const logTimes: [string, string | undefined][] = [
  ['06/Feb/2019:00:00:38 +0000', '2019-02-06T00:00:38Z'],
  ['10/Oct/2000:13:55:36 -0700', '2000-10-10T20:55:36Z'],
  ['29/Feb/2024:23:59:59 +0530', '2024-02-29T18:29:59Z'],
  ['06/Fev/2019:00:00:38 +0000', undefined],
  ['06/Feb/2019:00:00:38', undefined],
  ['6/Feb/2019:00:00:38 +0000', undefined],
  ['', undefined],
]

for (const [text, iso] of logTimes) t.ok(Object.is(parseLogTime(text), iso ? Date.parse(iso) : Number.NaN), text)

const instants: [string | undefined, number][] = [
  ['1732612345.123', 1_732_612_345_123],
  ['1732612345', 1_732_612_345_000],
  ['1507167062421', 1_507_167_062_421],
  ['1732612345123000', 1_732_612_345_123],
  ['1526810289280000000', 1_526_810_289_280],
  ['2024-12-04T00:36:43Z', Date.UTC(2024, 11, 4, 0, 36, 43)],
  ['2024-12-04T00:36:43.250Z', Date.UTC(2024, 11, 4, 0, 36, 43, 250)],
  ['2024-12-04T02:36:43+02:00', Date.UTC(2024, 11, 4, 0, 36, 43)],
  ['yesterday', Number.NaN],
  ['1', 1000],
  ['-5', Number.NaN],
  ['', Number.NaN],
  [undefined, Number.NaN],
]

for (const [text, at] of instants) t.ok(Object.is(Math.round(parseInstant(text)), at), String(text))

t.test('an instant is the same in every unit', async () => {
  const milliseconds = fc.integer({ min: Date.UTC(2001), max: Date.UTC(2100) })
  fc.assert(
    fc.property(milliseconds, (at) => {
      const texts = [at / 1e3, at, `${at}000`, `${at}000000`, new Date(at).toISOString()].map(String)
      return texts.every((text) => Math.round(parseInstant(text)) === at)
    }),
  )
})
