import t from 'tap'
import { getCursor, moveCursor, Overtaken } from '../../../src/analytics/roll-up/cursor.ts'
import { rollUp } from '../../../src/analytics/roll-up.ts'
import { eachDatabase } from '../../engines/databases.ts'
import { fakeClock } from '../../fixtures/fake-clock.ts'
import { makeHit, monday } from '../../fixtures/hits.ts'
import { jobRun } from '../../fixtures/job-run.ts'
import { logHits } from '../../fixtures/logged-hits.ts'
import { publishedEpisode } from '../../fixtures/published-episode.ts'
import { openStation } from '../../station.ts'

await eachDatabase(t, async (t, open) => {
  await t.test('of two who go on from the same place, the second is refused', async (t) => {
    const [{ db }, other] = [open(), open()]
    const cursor = await getCursor(db)
    t.match(cursor, { position: 0, revision: 0 })
    await db.transaction().execute((transaction) => moveCursor(transaction, cursor, { position: 7 }))
    await t.rejects(
      other.db.transaction().execute((transaction) => moveCursor(transaction, cursor, { position: 9 })),
      Overtaken,
    )
    t.match(await getCursor(other.db), { position: 7, revision: 1 })
  })
})

t.test('workers that count at the same time count everything once', async (t) => {
  const station = await openStation(t, { clock: fakeClock(monday) })
  const { app } = station
  const show = await station.createShow()
  const { id, renditionId } = await publishedEpisode(station, show, { bytes: Buffer.alloc(2_000_000) })
  const hits = Array.from({ length: 12_000 }, (_, index) =>
    makeHit({
      listenerKey: `key ${index % 3_000}`,
      episodeId: id,
      renditionId: renditionId ?? '',
      at: monday - 1_000 + (index % 7),
    }),
  )
  await logHits(app.db, hits)
  const waiting = async () => (await getCursor(app.db)).position < hits.length
  while (await waiting()) await Promise.all([1, 2, 3].map(() => rollUp(app, {}, jobRun())))
  const report = (await station.api('GET', `/shows/${show.id}/downloads?from=2026-11-22&to=2026-11-23`)).json()
  t.equal(report.downloads, 3_000)
})
