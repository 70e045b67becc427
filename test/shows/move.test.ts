import t, { type Test } from 'tap'
import { databaseSettings } from '../engines/database-settings.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { eventually } from '../journey/program.ts'
import { openStation } from '../station.ts'

const elsewhere = 'https://new.example/feed.xml'

async function stationWithShow(t: Test, environment: Record<string, string> = {}) {
  const station = await openStation(t, { environment: { PUBLIC_URL: 'https://old.example', ...environment } })
  const show = await station.createShow()
  const move = (body: object, id = show.id) => station.api('PUT', `/shows/${id}/move`, body)
  const feed = () => station.web.inject('/shows/long-waves/feed.xml')
  return { ...station, show, move, feed }
}

for (const engine of ['SQLite', 'PostgreSQL']) {
  t.test(`a feed moves away, its pages stay, and it comes back, on ${engine}`, async (t) => {
    const station = await stationWithShow(t, await databaseSettings(t, engine))
    const { api, web, show, move, feed } = station
    const episode = await publishedEpisode(station, show)
    t.equal((await feed()).statusCode, 200)
    t.equal(show.move, undefined)
    const moved = await move({ to: 'HTTPS://New.Example/feed.xml' })
    t.equal(moved.statusCode, 200)
    t.same(moved.json().move, { to: elsewhere, redirects: true })
    t.same((await api('GET', `/shows/${show.id}`)).json(), moved.json())
    await eventually(20, async () => (await feed()).statusCode === 301)
    t.match((await feed()).headers, { location: elsewhere })
    for (const url of ['/shows/long-waves', '/shows/long-waves/episodes/first-light', `/audio/${episode.id}/x.mp3`]) {
      t.equal((await web.inject(url)).statusCode, 200, url)
    }
    t.same((await move({ to: elsewhere, redirect: false })).json().move, { to: elsewhere, redirects: false })
    await eventually(20, async () => (await feed()).statusCode === 200)
    t.equal((await api('DELETE', `/shows/${show.id}/move`)).json().move, undefined)
    t.equal((await api('DELETE', `/shows/${show.id}/move`)).statusCode, 200, 'again is fine')
  })

  t.test(`former addresses lead to where the feed is in one step, on ${engine}`, async (t) => {
    const { api, web, show, move } = await stationWithShow(t, await databaseSettings(t, engine))
    await api('POST', `/shows/${show.id}/aliases`, { path: '/rss' })
    await api('PATCH', `/shows/${show.id}`, { slug: 'renamed' })
    const whereTo = async (url: string) => (await web.inject(url)).headers.location
    await move({ to: elsewhere })
    t.equal(await whereTo('/rss'), elsewhere)
    t.equal(await whereTo('/shows/long-waves/feed.xml'), elsewhere)
    t.equal(await whereTo('/shows/long-waves'), 'https://old.example/shows/renamed')
    await move({ to: elsewhere, redirect: false })
    t.equal(await whereTo('/rss'), 'https://old.example/shows/renamed/feed.xml')
  })
}

t.test('where subscribers cannot follow, nothing moves', async (t) => {
  const { api, app, web, show, createShow, move } = await stationWithShow(t)
  await api('POST', `/shows/${show.id}/aliases`, { path: '/rss' })
  await api('PATCH', `/shows/${show.id}`, { slug: 'renamed' })
  const other = await createShow({ title: 'Other' })
  await move({ to: elsewhere }, other.id)
  await app.db.deleteFrom('job').execute()
  const rows: [unknown, RegExp][] = [
    ['', /fewer than 1/],
    ['nonsense', /begin with https/],
    ['http://new.example/feed.xml', /begin with https/],
    ['javascript:alert(1)', /begin with https/],
    ['https://ann:secret@new.example/feed.xml', /user name/],
    ['https://new.example/feed.xml#top', /no #/],
    [`https://new.example/${'x'.repeat(2000)}`, /at most 2000/],
    ['https://old.example/shows/renamed/feed.xml', /back to this show/],
    ['https://OLD.example:443/shows/renamed/feed.xml?x=1', /back to this show/],
    ['https://old.example/shows/long-waves/feed.xml', /back to this show/],
    ['https://old.example/shows/renamed/p/token/feed.xml', /back to this show/],
    ['https://old.example/rss/', /back to this show/],
    [`https://old.example/shows/${other.slug}/feed.xml`, /“Other”, which has moved itself/],
    [7, /must be string/],
  ]
  for (const [to, detail] of rows) {
    t.match((await move({ to })).json(), { status: 400, field: 'to', detail }, String(to).slice(0, 60))
  }
  t.match((await move({})).json(), { status: 400, field: 'to' })
  t.match((await move({ to: elsewhere, redirect: 'yes' })).json(), { status: 400, field: 'redirect' })
  t.equal((await move({ to: elsewhere }, 'nobody')).statusCode, 404)
  t.equal((await api('DELETE', '/shows/nobody/move')).statusCode, 404)
  t.equal((await web.inject({ url: `/api/shows/${show.id}/move`, method: 'DELETE' })).statusCode, 401)
  t.equal((await api('GET', `/shows/${show.id}`)).json().move, undefined)
  t.same(await app.db.selectFrom('job').select('name').execute(), [], 'and no feed is made again')
  await api('DELETE', `/shows/${other.id}/move`)
  t.equal(
    (await move({ to: `https://old.example/shows/${other.slug}/feed.xml` })).statusCode,
    200,
    'shows may be joined',
  )
  t.equal(
    (await move({ to: 'https://old.example/shows/renamed/feed.xml' }, other.id)).statusCode,
    400,
    'not in a circle',
  )
  await api('DELETE', `/shows/${show.id}`)
  t.equal((await move({ to: elsewhere })).statusCode, 410)
})
