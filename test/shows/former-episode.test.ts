import t, { type Test } from 'tap'
import { databaseSettings } from '../engines/database-settings.ts'
import { fakeClock } from '../fixtures/fake-clock.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { openStation } from '../station.ts'

const host = 'http://localhost:3000'
const noon = Date.parse('2026-03-01T12:00:00Z')

async function stationWithEpisode(t: Test, environment: Record<string, string> = {}) {
  const station = await openStation(t, { environment, clock: fakeClock(noon) })
  const show = await station.createShow({ slug: 'show' })
  const episode = await publishedEpisode(station, show, { slug: 'one' })
  const rename = (slug: string, id = episode.id) => station.api('PATCH', `/episodes/${id}`, { slug })
  const leadsTo = async (below: string) => {
    const { statusCode, headers } = await station.web.inject(`/shows/${below}`)
    return statusCode === 301 ? headers.location : statusCode
  }
  return { ...station, show, episode, rename, leadsTo }
}

for (const engine of ['SQLite', 'PostgreSQL']) {
  t.test(`the page of a renamed episode is found by all its former slugs, in one step, on ${engine}`, async (t) => {
    const { api, show, rename, leadsTo } = await stationWithEpisode(t, await databaseSettings(t, engine))
    for (const slug of ['two', 'three']) t.equal((await rename(slug)).statusCode, 200)
    for (const slug of ['one', 'two']) {
      t.equal(await leadsTo(`show/episodes/${slug}?t=60`), `${host}/shows/show/episodes/three?t=60`)
      t.equal(await leadsTo(`show/episodes/${slug}/`), `${host}/shows/show/episodes/three`)
    }
    t.equal(await leadsTo('show/episodes/three'), 200)
    await api('PATCH', `/shows/${show.id}`, { slug: 'renamed' })
    t.equal(await leadsTo('show/episodes/one'), `${host}/shows/renamed/episodes/three`)
    t.equal(await leadsTo('renamed/episodes/one'), `${host}/shows/renamed/episodes/three`)
    t.equal(await leadsTo('show/episodes/three'), `${host}/shows/renamed/episodes/three`)
    t.equal(await leadsTo('renamed/episodes/none'), 404)
    await rename('one')
    t.equal(await leadsTo('renamed/episodes/one'), 200, 'taken back')
    t.equal(await leadsTo('renamed/episodes/three'), `${host}/shows/renamed/episodes/one`)
  })

  t.test(`who has a slug now is whom it leads to, and a title gives none away, on ${engine}`, async (t) => {
    const station = await stationWithEpisode(t, await databaseSettings(t, engine))
    const { show, createEpisode, createShow, rename, leadsTo } = station
    await rename('two')
    t.equal((await createEpisode(show.id, { title: 'One' })).slug, 'one-2')
    const other = await publishedEpisode(station, show, { title: 'Other', slug: 'one' })
    t.equal(await leadsTo('show/episodes/one'), 200)
    await rename('uno', other.id)
    t.equal(await leadsTo('show/episodes/one'), `${host}/shows/show/episodes/uno`, 'who had it last')
    const elsewhere = await createShow({ slug: 'elsewhere' })
    t.equal((await createEpisode(elsewhere.id, { title: 'One' })).slug, 'one')
    t.equal(await leadsTo('elsewhere/episodes/two'), 404)
  })
}

t.test('what strangers may not see is not told by its former slug either, and what was deleted is gone', async (t) => {
  const { api, createEpisode, show, episode, rename, leadsTo } = await stationWithEpisode(t)
  await rename('secret-name')
  await api('DELETE', `/episodes/${episode.id}/publication`)
  t.equal(await leadsTo('show/episodes/one'), 404)
  const draft = await createEpisode(show.id, { slug: 'draft' })
  await rename('better', draft.id)
  t.equal(await leadsTo('show/episodes/draft'), 404)
  t.equal((await createEpisode(show.id, { title: 'Draft' })).slug, 'draft', 'which nobody ever came to')
  await api('PUT', `/episodes/${episode.id}/publication`)
  t.equal(await leadsTo('show/episodes/one'), `${host}/shows/show/episodes/secret-name`)
  await api('DELETE', `/episodes/${episode.id}`)
  t.equal(await leadsTo('show/episodes/secret-name'), 410)
  t.equal(await leadsTo('show/episodes/one'), `${host}/shows/show/episodes/secret-name`)
})
