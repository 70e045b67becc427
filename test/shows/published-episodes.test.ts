import t, { type Test } from 'tap'
import { deleteEpisode, findNeighbours, listPublishedEpisodes, listPublishedPage } from '../../src/shows/episode.ts'
import { giveAudio, publishedEpisode } from '../fixtures/published-episode.ts'
import { openStation } from '../station.ts'

/** Seven public episodes, three of them of one moment, among others that strangers may not see. */
async function openCatalogue(t: Test) {
  const station = await openStation(t)
  const { app } = station
  const [show, other] = [await station.createShow(), await station.createShow()]
  const now = app.clock.now()
  for (const age of [5, 1, 3, 3, 2, 3, 4]) {
    await publishedEpisode(station, show, { title: `${age} days old`, publishAt: now - age * 86_400_000 })
    await publishedEpisode(station, other, { title: 'Of another show', publishAt: now - age * 86_400_000 })
  }
  await publishedEpisode(station, show, { title: 'Tomorrow', publishAt: now + 86_400_000 })
  await giveAudio(app, (await station.createEpisode(show.id, { title: 'Draft' })).id)
  const lost = await publishedEpisode(station, show, { title: 'Deleted', publishAt: now - 3 * 86_400_000 })
  await deleteEpisode(app, lost.id)
  return { db: app.db, show, now, all: await listPublishedEpisodes(app.db, show.id, now) }
}

t.test('every published episode stands on exactly one page, newest first', async (t) => {
  const { db, show, now, all } = await openCatalogue(t)
  t.equal(all.length, 7)
  for (const perPage of [1, 3, 7, 8]) {
    const shown = []
    for (let page = 1; page <= Math.ceil(7 / perPage); page += 1) {
      const { items, total } = await listPublishedPage(db, show.id, now, { page, perPage })
      t.equal(total, 7)
      t.ok(items.length <= perPage)
      shown.push(...items)
    }
    t.same(shown, all, `${perPage} on each page`)
  }
  t.same(await listPublishedPage(db, show.id, now, { page: 4, perPage: 3 }), { items: [], total: 7 })
})

t.test('the neighbours of an episode are those beside it in the list, and no others', async (t) => {
  const { db, now, all } = await openCatalogue(t)
  for (const [place, episode] of all.entries()) {
    const { previous, next } = await findNeighbours(db, episode, now)
    t.equal(previous?.slug, all[place + 1]?.slug, `before ${episode.slug}`)
    t.equal(next?.slug, all[place - 1]?.slug, `after ${episode.slug}`)
  }
})
