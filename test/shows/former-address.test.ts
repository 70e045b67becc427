import { pino } from 'pino'
import t, { type Test } from 'tap'
import { feedModel } from '../../src/feeds/make-model.ts'
import { addAlias } from '../../src/shows/alias.ts'
import { createFeedToken } from '../../src/shows/feed-token.ts'
import { findFormerAddress } from '../../src/shows/find-former-address.ts'
import { getShow } from '../../src/shows/show.ts'
import { databaseSettings } from '../engines/database-settings.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { eventually } from '../journey/program.ts'
import { aShow, openStation } from '../station.ts'

const host = 'http://localhost:3000'

async function station(t: Test, environment: Record<string, string> = {}) {
  const lines: string[] = []
  const log = pino({ level: 'trace' }, { write: (line) => void lines.push(line) })
  const opened = await openStation(t, { environment, log })
  const { api, web } = opened
  const show = await opened.createShow({ slug: 'first' })
  const rename = (slug: string, id = show.id) => api('PATCH', `/shows/${id}`, { slug })
  const ask = (url: string, method: 'GET' | 'HEAD' | 'POST' = 'GET', headers: Record<string, string> = {}) =>
    web.inject({ url, method, headers })
  const leadsTo = async (url: string) => {
    const { statusCode, headers } = await ask(url)
    return statusCode === 301 ? headers.location : statusCode
  }
  return { ...opened, lines, show, rename, ask, leadsTo }
}

for (const engine of ['SQLite', 'PostgreSQL']) {
  t.test(`whoever comes to a former slug is led on in one step, on ${engine}`, async (t) => {
    const opened = await station(t, await databaseSettings(t, engine))
    const { app, show, rename, ask, leadsTo } = opened
    await publishedEpisode(opened, show)
    const { token } = await createFeedToken(app, show.id, { name: 'Ann' })
    t.equal((await ask('/shows/first/feed.xml')).statusCode, 200)
    t.equal((await rename('second')).statusCode, 200)
    await eventually(20, async () => (await ask('/shows/first/feed.xml')).statusCode === 301)
    t.equal((await rename('third')).statusCode, 200)
    await eventually(20, async () => (await leadsTo('/shows/second/feed.xml')) === `${host}/shows/third/feed.xml`)
    for (const slug of ['first', 'second']) {
      for (const below of [
        '',
        '/',
        '/feed.xml',
        '/feed.xml?before=300&_from=app',
        '/episodes/first-light?t=60',
        `/p/${token}/feed.xml`,
        '?page=2',
      ]) {
        t.equal(await leadsTo(`/shows/${slug}${below}`), `${host}/shows/third${below}`, `/shows/${slug}${below}`)
      }
    }
    for (const below of ['', '/feed.xml', '/episodes/first-light', `/p/${token}/feed.xml`]) {
      t.equal((await ask(`/shows/third${below}`)).statusCode, 200, below)
    }
    const head = await ask('/shows/first/feed.xml', 'HEAD', { accept: 'text/html' })
    t.match(head, { statusCode: 301, body: '', headers: { location: `${host}/shows/third/feed.xml` } })
    t.match(head.headers, { 'cache-control': 'no-cache', 'access-control-allow-origin': '*', etag: undefined })
    t.match((await ask(`/shows/first/p/${token}/feed.xml`)).headers, { 'cache-control': 'private, no-store' })
  })

  t.test(`a slug that subscribers still come to is for its show alone, on ${engine}`, async (t) => {
    const { api, show, createShow, rename, leadsTo, ask } = await station(t, await databaseSettings(t, engine))
    await rename('second')
    const other = await createShow({ slug: 'other' })
    for (const answer of [await rename('first', other.id), await api('POST', '/shows', { ...aShow, slug: 'first' })]) {
      t.equal(answer.statusCode, 409)
      t.match(answer.json(), { field: 'slug', detail: /“first” was that of the show “Long Waves”/ })
    }
    t.equal((await createShow({ title: 'First' })).slug, 'first-2', 'nor does a title give it away')
    t.match((await rename('second', other.id)).json(), { status: 409, detail: /taken by another show/ })
    t.equal(await leadsTo('/shows/other'), 200, 'a refused change left no trace')
    t.equal((await rename('first')).statusCode, 200)
    t.equal((await ask('/shows/first')).statusCode, 200)
    t.equal(await leadsTo('/shows/second'), `${host}/shows/first`)
    t.equal((await rename('first')).statusCode, 200, 'the same again')
    t.equal((await ask('/shows/first')).statusCode, 200)
    await api('DELETE', `/shows/${show.id}`)
    t.equal((await rename('second', other.id)).statusCode, 409, 'nor when it was deleted')
    t.equal(await leadsTo('/shows/second'), `${host}/shows/first`)
    t.equal(await leadsTo('/shows/first'), 410)
  })
}

t.test('nothing is led on that nobody had, that is asked to do something, or that is refused', async (t) => {
  const { ask, leadsTo, rename } = await station(t)
  await rename('second')
  for (const url of [
    '/shows/First',
    '/shows/firs',
    '/shows/first%2Ffeed.xml',
    '/shows/second/episodes/none',
    '/shows//first',
    '/first',
    '/api/shows/first',
    '/shows/%00first',
  ]) {
    t.match(await leadsTo(url), /^40[14]$/, url)
  }
  t.equal((await ask('/shows/first', 'POST')).statusCode, 405)
  t.equal((await ask('/shows/first/nothing', 'POST')).statusCode, 404)
})

t.test('where it leads is an address of this station, whatever stands below', async (t) => {
  const { app, rename } = await station(t)
  await rename('second')
  for (const [url, location] of [
    ['/shows/first//evil.example/', '/shows/second//evil.example/'],
    ['/shows/first/../../evil.example', '/evil.example'],
    ['/shows/first/@evil.example', '/shows/second/@evil.example'],
    ['/shows/first/a%0d%0aSet-Cookie:x', '/shows/second/a%0d%0aSet-Cookie:x'],
    ['/shows/first/\r\nSet-Cookie:x', '/shows/second/Set-Cookie:x'],
    ['/shows/first/ü?ü', '/shows/second/%C3%BC?%C3%BC'],
  ] as const) {
    t.equal(await findFormerAddress(app, url), `${host}${location}`, url)
  }
})

t.test('while the database is away nobody is told that a feed is gone, and no token is logged', async (t) => {
  const { app, ask, lines } = await station(t)
  await app.db.schema.alterTable('former_address').renameTo('away').execute()
  const token = 'a-token-that-no-log-may-show'
  for (const url of [`/shows/gone/p/${token}/feed.xml`, `/shows/gone/p/${token}/more`, `/feeds/${token}`]) {
    const answer = await ask(url, 'GET', { accept: 'text/html' })
    t.equal(answer.statusCode, 500, url)
  }
  t.match(lines.join(''), 'a request failed')
  t.notMatch(lines.join(''), token)
})

t.test('the document names the feed’s own address as the new one as soon as another leads to it', async (t) => {
  const { app, show, rename } = await station(t)
  const newFeedUrl = async (id: string) => (await feedModel(app, await getShow(app.db, id), 0)).newFeedUrl
  t.equal(await newFeedUrl(show.id), undefined)
  await addAlias(app, show.id, '/feed/podcast')
  t.equal(await newFeedUrl(show.id), `${host}/shows/first/feed.xml`)
  await rename('second')
  t.equal(await newFeedUrl(show.id), `${host}/shows/second/feed.xml`)
})
