import t from 'tap'
import { deleteEpisode } from '../../src/shows/episode.ts'
import { deleteShow } from '../../src/shows/show.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { openSite } from './station.ts'

t.test('a published episode has its page, with the way to its neighbours', async (t) => {
  const station = await openSite(t)
  const show = await station.createShow()
  const now = station.app.clock.now()
  for (const [title, age] of [
    ['Oldest', 3000],
    ['Middle', 2000],
    ['Newest', 1000],
  ] as const) {
    await publishedEpisode(station, show, { title, notes: `About ${title}`, publishAt: now - age })
  }
  const page = await station.get('/shows/long-waves/episodes/middle')
  t.equal(page.status, 200)
  t.match(page.headers['content-type'], 'text/html')
  t.match(page.body, /rel="prev" href="[^"]*\/oldest"/)
  t.match(page.body, /rel="next" href="[^"]*\/newest"/)
  const list = (await station.get('/shows/long-waves')).body
  t.ok(list.indexOf('Newest') < list.indexOf('Middle'), 'newest first')
  t.match((await station.get('/')).body, 'Latest episodes')
})

t.test('strangers see nothing of drafts and scheduled episodes', async (t) => {
  const station = await openSite(t)
  const show = await station.createShow()
  await station.createEpisode(show.id, { title: 'Draft' })
  await publishedEpisode(station, show, { title: 'Tomorrow', publishAt: station.app.clock.now() + 86_400_000 })
  for (const slug of ['draft', 'tomorrow', 'never-made']) {
    t.equal((await station.get(`/shows/long-waves/episodes/${slug}`)).status, 404, slug)
  }
  t.notMatch((await station.get('/shows/long-waves')).body, /Draft|Tomorrow/)
})

t.test('what was deleted is gone', async (t) => {
  const station = await openSite(t)
  const show = await station.createShow()
  const episode = await publishedEpisode(station, show, { title: 'Lost' })
  await deleteEpisode(station.app, episode.id)
  const answer = await station.get('/shows/long-waves/episodes/lost')
  t.equal(answer.status, 410)
  t.match(answer.body, 'This episode was deleted.')
  await deleteShow(station.app, show.id)
  t.equal((await station.get('/shows/long-waves')).status, 410)
  t.match((await station.get('/')).body, 'Nothing on the air yet')
})

t.test('a page that did not change is not sent again', async (t) => {
  const station = await openSite(t)
  const show = await station.createShow()
  const first = await station.get('/shows/long-waves')
  const etag = String(first.headers.etag)
  t.match(etag, /^"[\w-]{43}"$/, 'a strong tag')
  t.equal(first.headers['cache-control'], 'no-cache')
  const again = await station.get('/shows/long-waves', { 'if-none-match': etag })
  t.match(again, { status: 304, body: '', headers: { etag } })
  t.equal((await station.get('/shows/long-waves', { 'if-match': '"other"' })).status, 412)
  const dated = await station.get('/shows/long-waves', { 'if-modified-since': new Date().toUTCString() })
  t.equal(dated.status, 200, 'a page has no date')
  await publishedEpisode(station, show, { title: 'New' })
  t.equal((await station.get('/shows/long-waves', { 'if-none-match': etag })).status, 200)
})

t.test('a long show has pages, and none behind the last', async (t) => {
  const station = await openSite(t)
  const show = await station.createShow()
  for (let count = 1; count <= 31; count += 1) await publishedEpisode(station, show, { title: `Night ${count}` })
  t.match((await station.get('/shows/long-waves?page=2&utm_source=x')).body, 'Page 2 of 2')
  for (const page of ['3', '0', 'x', '1&page=2']) {
    t.equal((await station.get(`/shows/long-waves?page=${page}`)).status, 404, page)
  }
})

t.test('pages are only read', async (t) => {
  const { web } = await openSite(t)
  const answer = await web.inject({ method: 'POST', url: '/' })
  t.match(answer, { statusCode: 405, headers: { allow: 'GET, HEAD' } })
  t.match(await web.inject({ method: 'HEAD', url: '/' }), { statusCode: 200, body: '' })
})

t.test('several shows share the front page', async (t) => {
  const station = await openSite(t)
  await station.createShow()
  await station.createShow({ title: 'Tagfahrten', language: 'de' })
  const { body } = await station.get('/')
  t.match(body, /<li lang="de">.*href="\/shows\/tagfahrten"/s)
  t.match(body, 'href="/shows/long-waves"')
})
