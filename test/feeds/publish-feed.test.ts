import { parseRssFeed } from 'feedsmith'
import t, { type Test } from 'tap'
import { publishFeed, refreshFeeds } from '../../src/feeds/publish-feed.ts'
import { fakeClock } from '../fixtures/fake-clock.ts'
import { giveAlternate, publishedEpisode } from '../fixtures/published-episode.ts'
import { storedFeed } from '../fixtures/stored-feed.ts'
import { eventually } from '../journey/program.ts'
import { openStation } from '../station.ts'

const noon = Date.parse('2026-03-01T12:00:00Z')
const hourMs = 3_600_000

async function stationWithFeed(t: Test, fields: object = {}) {
  const clock = fakeClock(noon)
  const station = await openStation(t, { clock })
  const show = await station.createShow(fields)
  const publish = async () => {
    await publishFeed(station.app, { showId: show.id })
    const document = await storedFeed(station.app, show.id)
    if (!document) throw new Error('there is no feed')
    return document
  }
  const waiting = () =>
    station.app.db.selectFrom('job').select(['key', 'runAt']).where('name', '=', 'publish-feed').execute()
  return { ...station, clock, show, publish, waiting }
}

t.test('an unchanged model leaves the document as it is, its date too; a change gives both anew', async (t) => {
  const { api, clock, show, publish } = await stationWithFeed(t)
  const first = await publish()
  t.match(first.xml, '<lastBuildDate>Sun, 01 Mar 2026 12:00:00 GMT</lastBuildDate>')
  t.equal(first.modifiedAt, noon)
  clock.turnTo(noon + hourMs)
  await api('PATCH', `/shows/${show.id}`, { stereoKbps: 192 })
  const { version: _, ...same } = first
  t.match(await publish(), same, 'what no listener sees is no change')
  await api('PATCH', `/shows/${show.id}`, { description: 'New.' })
  const second = await publish()
  t.match(second.xml, '<lastBuildDate>Sun, 01 Mar 2026 13:00:00 GMT</lastBuildDate>')
  t.equal(second.modifiedAt, noon + hourMs)
  t.not(second.modelHash, first.modelHash)
})

t.test('episodes stand newest first, with what they inherit from the show', async (t) => {
  const station = await stationWithFeed(t, { explicit: true })
  for (const [title, age, explicit] of [
    ['Oldest', 3, null],
    ['Newest', 1, false],
    ['Middle', 2, true],
  ] as const) {
    await publishedEpisode(station, station.show, { title, explicit, publishAt: noon - age * hourMs })
  }
  await station.createEpisode(station.show.id, { title: 'Draft' })
  await publishedEpisode(station, station.show, { title: 'Later', publishAt: noon + hourMs })
  const { items = [] } = parseRssFeed((await station.publish()).xml)
  t.same(
    items.map((item) => [item.title, item.itunes?.explicit]),
    [
      ['Newest', false],
      ['Middle', true],
      ['Oldest', true],
    ],
  )
})

t.test('the next scheduled episode is waited for, and only the next', async (t) => {
  const station = await stationWithFeed(t)
  const { show, app, clock, publish, waiting } = station
  for (const hours of [3, 1, 2]) await publishedEpisode(station, show, { publishAt: noon + hours * hourMs })
  await app.db.deleteFrom('job').execute()
  for (const hours of [0, 1, 2]) {
    clock.turnTo(noon + hours * hourMs)
    t.equal(parseRssFeed((await publish()).xml).items?.length ?? 0, hours)
    t.same(await waiting(), [{ key: show.id, runAt: noon + (hours + 1) * hourMs }])
    await app.db.deleteFrom('job').execute()
  }
  clock.turnTo(noon + 3 * hourMs)
  await publish()
  t.same(await waiting(), [], 'there is nothing to wait for')
})

t.test('an older build never replaces a newer one', async (t) => {
  const { app, api, show, publish } = await stationWithFeed(t)
  await publish()
  const version = (await app.changes.version()) + 3
  const newer = { modelHash: 'newer', version }
  await app.db.updateTable('feedDocument').set(newer).where('showId', '=', show.id).execute()
  t.match(await publish(), newer, 'this one began before the change that the other has seen')
  for (const title of ['One', 'Two', 'Three']) await api('PATCH', `/shows/${show.id}`, { title })
  t.match((await publish()).xml, '<![CDATA[Three]]>')
})

t.test('a deleted show gets no feed, and asks for none', async (t) => {
  const { app, api, show, createShow, waiting } = await stationWithFeed(t)
  const other = await createShow()
  await api('DELETE', `/shows/${show.id}`)
  await app.db.deleteFrom('job').execute()
  await publishFeed(app, { showId: show.id })
  await publishFeed(app, { showId: 'never-made' })
  t.equal(await storedFeed(app, show.id), undefined)
  await refreshFeeds(app)
  t.same(
    (await waiting()).map(({ key }) => key),
    [other.id],
  )
})

t.test('after a new PUBLIC_URL the start of a worker makes every feed again', async (t) => {
  const { app, publish } = await stationWithFeed(t)
  t.match((await publish()).xml, '<link>http://localhost:3000/shows/long-waves</link>')
  const environment = { LONGWAVE_HOME: app.config.home, PUBLIC_URL: 'https://new.example.com' }
  await t.test('on the same home', async (t) => {
    const moved = await openStation(t, { environment })
    moved.startWorking()
    const served = async () => (await moved.web.inject('/shows/long-waves/feed.xml')).body
    await eventually(20, async () => (await served()).includes('https://new.example.com/shows/long-waves'))
    t.notMatch(await served(), 'localhost')
  })
})

t.test('a prefix stands before the enclosures of the feed, and nowhere else', async (t) => {
  const station = await stationWithFeed(t)
  const { api, app, publish, show, waiting } = station
  const episode = await publishedEpisode(station, show)
  await giveAlternate(app, episode.id, Buffer.from('advanced audio'))
  const plain = await publish()
  const audio = `http://localhost:3000/audio/${episode.id}/first-light`
  t.match(plain.xml, `<enclosure url="${audio}.mp3"`)
  await app.db.deleteFrom('job').execute()
  const changed = await api('PATCH', `/shows/${show.id}`, { enclosurePrefix: 'https://op3.dev/e' })
  t.equal(changed.json().enclosurePrefix, 'https://op3.dev/e/')
  t.equal((await waiting()).length, 1, 'the feed is made again')
  const { xml } = await publish()
  t.match(xml, `<enclosure url="https://op3.dev/e/${audio}.mp3"`)
  t.match(xml, `<podcast:source uri="https://op3.dev/e/${audio}.m4a"/>`)
  const guids = (text: string) => text.match(/<guid.*<\/guid>/g)
  t.same(guids(xml), guids(plain.xml))
  t.equal((await api('GET', `/episodes/${episode.id}`)).json().audio.url, `${audio}.mp3`)
  t.notMatch((await station.web.inject(`/shows/${show.slug}/episodes/${episode.slug}`)).body, 'op3.dev')
  await api('PATCH', `/shows/${show.id}`, { enclosurePrefix: null })
  t.notMatch((await publish()).xml, 'op3.dev')
})

t.test('a prefix that cannot be is refused with its rule', async (t) => {
  const { api, createShow, show } = await stationWithFeed(t)
  const refused = await api('PATCH', `/shows/${show.id}`, { enclosurePrefix: 'http://op3.dev/e/' })
  t.match(refused.json(), { status: 400, field: 'enclosurePrefix', detail: /must begin with https/ })
  t.equal((await api('PATCH', `/shows/${show.id}`, { enclosurePrefix: '' })).statusCode, 400)
  t.equal(
    (await createShow({ title: 'New', enclosurePrefix: 'https://op3.dev/e' })).enclosurePrefix,
    'https://op3.dev/e/',
  )
})
