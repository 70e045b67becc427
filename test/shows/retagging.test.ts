import t, { type Test } from 'tap'
import { updateEpisode } from '../../src/shows/episode.ts'
import { retagShow } from '../../src/shows/retagging.ts'
import { updateShow } from '../../src/shows/show.ts'
import { fakeClock } from '../fixtures/fake-clock.ts'
import { jobRun } from '../fixtures/job-run.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { openStation } from '../station.ts'

const noon = Date.parse('2026-03-01T12:00:00Z')

async function stationWithEpisode(t: Test) {
  const clock = fakeClock(noon)
  const station = await openStation(t, { clock })
  const { app } = station
  const show = await station.createShow()
  const episode = await publishedEpisode(station, show)
  /** Runs and forgets what waits, and tells what it was. */
  const takeWaiting = async () => {
    const rows = await app.db
      .deleteFrom('job')
      .where('name', 'in', ['retag-episode', 'retag-show'])
      .returning(['name', 'key', 'runAt'])
      .execute()
    return rows.sort((one, other) => one.runAt - other.runAt)
  }
  await takeWaiting()
  return { ...station, clock, show, episode, takeWaiting }
}

t.test('an edit of what the tags say has them made anew a minute after the first edit; others do not', async (t) => {
  const { app, clock, episode, takeWaiting } = await stationWithEpisode(t)
  const inAMinute = [{ name: 'retag-episode', key: episode.id, runAt: noon + 60_000 }]
  for (const change of [{ title: 'New' }, { notes: 'New' }, { number: 3 }]) {
    await updateEpisode(app, episode.id, change)
    t.same(await takeWaiting(), inAMinute, JSON.stringify(change))
  }
  for (const change of [{ slug: 'new' }, { season: 3 }, { explicit: true }, { type: 'bonus' }] as const) {
    await updateEpisode(app, episode.id, change)
    t.same(await takeWaiting(), [], JSON.stringify(change))
  }
  await updateEpisode(app, episode.id, { title: 'Newer' })
  clock.turnTo(noon + 30_000)
  await updateEpisode(app, episode.id, { title: 'Newest' })
  t.same(await takeWaiting(), inAMinute)
})

t.test('a draft without audio has no tags to make', async (t) => {
  const { app, show, createEpisode, takeWaiting } = await stationWithEpisode(t)
  const { id } = await createEpisode(show.id)
  await updateEpisode(app, id, { title: 'New' })
  t.same(await takeWaiting(), [])
})

t.test('a change of the show is one job, which has one for each episode with audio, newest first', async (t) => {
  const station = await stationWithEpisode(t)
  const { app, api, show, episode, takeWaiting } = station
  const second = await publishedEpisode(station, show)
  const deleted = await publishedEpisode(station, show)
  await api('DELETE', `/episodes/${deleted.id}`)
  await station.createEpisode(show.id)
  await takeWaiting()
  for (const change of [{ title: 'New' }, { author: 'New' }, { language: 'de' }]) {
    await updateShow(app, show.id, change)
    t.same(await takeWaiting(), [{ name: 'retag-show', key: show.id, runAt: noon + 60_000 }], JSON.stringify(change))
  }
  await updateShow(app, show.id, { description: 'New', explicit: true })
  t.same(await takeWaiting(), [])
  await retagShow(app, { showId: show.id }, jobRun())
  await retagShow(app, { showId: show.id }, jobRun())
  t.same(
    (await takeWaiting()).map(({ key }) => key),
    [second.id, episode.id],
  )
})
