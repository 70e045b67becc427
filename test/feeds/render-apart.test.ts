import { gunzipSync } from 'node:zlib'
import t from 'tap'
import { feedModel } from '../../src/feeds/make-model.ts'
import { renderApart } from '../../src/feeds/render-apart.ts'
import { renderDocument } from '../../src/feeds/render-document.ts'
import { getShow } from '../../src/shows/show.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { openStation } from '../station.ts'

const modifiedAt = Date.parse('2026-03-01T12:00:00Z')

t.test('a thread renders the same bytes, many at once, and tells what went wrong', async (t) => {
  const station = await openStation(t)
  const { app } = station
  const show = await station.createShow()
  await publishedEpisode(station, show)
  const model = await feedModel(app, await getShow(app.db, show.id), app.clock.now())
  const here = await renderDocument(model, modifiedAt)
  const apart = await Promise.all([renderApart(model, modifiedAt), renderApart(model, modifiedAt)])
  t.same(apart, [here, here])
  t.match(gunzipSync(here.gzip).toString(), 'First light')
  const secret = await renderApart({ ...model, isPrivate: true }, modifiedAt)
  t.equal(secret.brotli, null, 'a private one is compressed for each subscriber')
  await t.rejects(renderApart({ ...model, items: undefined as never }, modifiedAt), TypeError)
  t.same(await renderApart(model, modifiedAt), here, 'and goes on')
})
