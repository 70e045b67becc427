import t, { type Test } from 'tap'
import { recountAll } from '../../../src/analytics/recount.ts'
import { rollUp } from '../../../src/analytics/roll-up.ts'
import { fakeClock } from '../../fixtures/fake-clock.ts'
import { hourMs, makeHit } from '../../fixtures/hits.ts'
import { jobRun } from '../../fixtures/job-run.ts'
import { logHits } from '../../fixtures/logged-hits.ts'
import { publishedEpisode } from '../../fixtures/published-episode.ts'
import { openStation } from '../../station.ts'

const dayMs = 24 * hourMs
const noon = Date.parse('2026-03-01T12:00:00Z')

async function stationWithEpisode(t: Test) {
  const clock = fakeClock(noon)
  const station = await openStation(t, { clock, environment: { KEEP_HITS_DAYS: '10' } })
  const { app, api } = station
  const show = await station.createShow()
  const { id, renditionId } = await publishedEpisode(station, show, { bytes: Buffer.alloc(2_000_000) })
  /** A whole download by that listener, so many days after the beginning. */
  const fetched = (listenerKey: string, day: number) =>
    makeHit({ episodeId: id, renditionId: renditionId ?? '', listenerKey, at: noon + day * dayMs })
  return {
    ...station,
    fetched,
    show,
    async turnTo(day: number) {
      clock.turnTo(noon + day * dayMs)
      await rollUp(app, {}, jobRun())
    },
    logged: async () => (await app.db.selectFrom('hit').select('id').execute()).length,
    async downloads() {
      const { rows } = (await api('GET', `/shows/${show.id}/downloads?from=2026-03-01&to=2026-03-31`)).json()
      return rows.filter((row: { downloads: number }) => row.downloads > 0)
    },
  }
}

t.test('old hits are forgotten, and what was counted of them stays, also when all is counted anew', async (t) => {
  const { app, fetched, turnTo, logged, downloads, api, show } = await stationWithEpisode(t)
  await logHits(app.db, [fetched('a', 0), fetched('b', 0), fetched('a', 9)])
  await turnTo(10)
  t.equal(await logged(), 3, 'ten days old')
  await turnTo(11)
  t.equal(await logged(), 1)
  const expected = [
    { day: '2026-03-01', downloads: 2 },
    { day: '2026-03-10', downloads: 1 },
  ]
  t.same(await downloads(), expected)
  await recountAll(app)
  await turnTo(11)
  t.same(await downloads(), expected)
  const { rows } = (await api('GET', `/shows/${show.id}/downloads/first-days`)).json()
  t.match(rows, [{ first7: 2, first30: 3, downloads: 3 }])
})

t.test('what comes later than all that the log keeps is not counted', async (t) => {
  const { app, fetched, turnTo, downloads, logged } = await stationWithEpisode(t)
  await turnTo(20)
  await logHits(app.db, [fetched('a', 5), fetched('b', 15)])
  await turnTo(20)
  t.same(await downloads(), [{ day: '2026-03-16', downloads: 1 }])
  await turnTo(21)
  t.equal(await logged(), 1)
})
