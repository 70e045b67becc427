import t from 'tap'
import { rollUp } from '../../src/analytics/roll-up.ts'
import { getShow } from '../../src/shows/show.ts'
import { makeHit } from '../fixtures/hits.ts'
import { jobRun } from '../fixtures/job-run.ts'
import { logHits } from '../fixtures/logged-hits.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { openAdmin, showFields } from './station.ts'

t.test('the podcaster sees the downloads of thirty days', async (t) => {
  const station = await openAdmin(t)
  await station.signIn()
  const { app } = station
  const show = await station.createShow()
  t.match((await station.get('/admin')).body, /None in the last 30 days/)

  const episode = await publishedEpisode(station, show, { title: 'A <b>hit</b>', bytes: Buffer.alloc(2_000_000) })
  const at = app.clock.now()
  const hits = ['one', 'two', 'three'].map((listenerKey, index) =>
    makeHit({
      listenerKey,
      episodeId: episode.id,
      renditionId: episode.renditionId ?? '',
      at: at - index * 86_400_000,
    }),
  )
  await logHits(app.db, hits)
  await rollUp(app, {}, jobRun())
  const { body } = await station.get('/admin')
  for (const [name, count] of [
    ['Today', 1],
    ['7 days', 3],
    ['30 days', 3],
  ]) {
    t.match(body, `<dt>${name}</dt><dd>${count}</dd>`)
  }
  t.equal(body.match(/<rect/g)?.length, 30)
  t.match(body, /role="img" aria-label="Downloads on each of the last 30 days: at most 1 on one/)
  t.match(body, '<th scope="row">A &lt;b>hit&lt;/b></th><td>3</td>')
  t.match(body, `href="/api/shows/${show.id}/downloads?format=csv"`)
})

t.test('the time zone of a show is a field of its form', async (t) => {
  const station = await openAdmin(t)
  await station.signIn()
  const show = await station.createShow()
  const zoneAfter = async (timeZone: string) => {
    const { statusCode } = await station.post(`/admin/shows/${show.id}`, { ...showFields, timeZone })
    return [statusCode, (await getShow(station.app.db, show.id)).timeZone]
  }
  t.same(await zoneAfter('Europe/Berlin'), [303, 'Europe/Berlin'])
  t.match((await station.get('/admin')).body, /name="timeZone"[^>]*value="Europe\/Berlin"/)
  t.same(await zoneAfter('Nowhere'), [400, 'Europe/Berlin'])
  t.same(await zoneAfter(''), [303, null])
})
