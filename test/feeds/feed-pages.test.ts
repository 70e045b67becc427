import { parseRssFeed } from 'feedsmith'
import t, { type Test } from 'tap'
import { listDocumentRows } from '../../src/feeds/feed-document.ts'
import { publishFeed } from '../../src/feeds/publish-feed.ts'
import { type Episode, updateEpisode } from '../../src/shows/episode.ts'
import { unpublishEpisode } from '../../src/shows/publication.ts'
import { databaseSettings } from '../engines/database-settings.ts'
import { fakeClock } from '../fixtures/fake-clock.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { setPageSize, storedFeed } from '../fixtures/stored-feed.ts'
import { eventually } from '../journey/program.ts'
import { openStation } from '../station.ts'

const noon = Date.parse('2026-03-01T12:00:00Z')
const hourMs = 3_600_000
const feed = '/shows/long-waves/feed.xml'

/** A show with two episodes on a page, and what its feed answers. */
async function stationWithPages(t: Test, engine: string) {
  const clock = fakeClock(noon)
  const station = await openStation(t, { clock, environment: await databaseSettings(t, engine) })
  const { app, web } = station
  const show = await station.createShow()
  await setPageSize(station, show.id, 2)
  const add = (number: number) =>
    publishedEpisode(station, show, { title: `Number ${number}`, publishAt: noon - (100 - number) * hourMs })
  const publish = () => publishFeed(app, { showId: show.id })
  const ask = (before?: number) => web.inject(before === undefined ? feed : `${feed}?before=${before}`)
  const numbersOn = async (before?: number) => {
    const { items = [] } = parseRssFeed((await ask(before)).body)
    return items.map(({ title }) => Number(title?.replace('Number ', '')))
  }
  const rows = () => listDocumentRows(app.db, show.id, 'public')
  return { ...station, clock, show, add, publish, ask, numbersOn, rows }
}

for (const engine of ['SQLite', 'PostgreSQL']) {
  t.test(`on ${engine}`, async (t) => {
    const { app, show, clock, add, publish, ask, numbersOn, rows } = await stationWithPages(t, engine)
    const episodes: Episode[] = []
    for (const number of [0, 1, 2, 3, 4]) episodes.push(await add(number))
    await publish()

    await t.test('older episodes stand on pages of their own', async (t) => {
      t.same(await numbersOn(), [4, 3])
      t.same(await numbersOn(3), [2])
      t.same(await numbersOn(2), [1, 0])
      for (const before of [1, 4, 5, 6]) t.equal((await ask(before)).statusCode, 404, `before ${before}`)
      const tags = await Promise.all([undefined, 3, 2].map(async (before) => (await ask(before)).headers.etag))
      t.equal(new Set(tags).size, 3)
    })

    await t.test('an edit changes the page on which the episode stands, and the date of that page alone', async (t) => {
      const before = await rows()
      clock.turnTo(noon + 1_000)
      await updateEpisode(app, episodes[0]?.id ?? '', { notes: 'Edited.' })
      await publish()
      const after = await rows()
      t.equal(after.get(2)?.modifiedAt, noon + 1_000)
      t.not(after.get(2)?.modelHash, before.get(2)?.modelHash)
      for (const page of [0, 3]) {
        const { version: _, ...same } = before.get(page) ?? { version: 0 }
        t.match(after.get(page), same)
      }
      t.match((await storedFeed(app, show.id, { page: 2 }))?.xml, 'Edited.')
    })

    await t.test('a page that no other names any more is kept as it was for a day', async (t) => {
      const last = (await ask(3)).body
      await add(5)
      await publish()
      await eventually(20, async () => (await numbersOn()).includes(5))
      t.same(await numbersOn(), [5, 4])
      t.same(await numbersOn(4), [3, 2])
      t.same(await numbersOn(2), [1, 0])
      t.equal((await ask(3)).body, last)
      t.match((await rows()).get(3), { retiredAt: noon + 1_000 })
      clock.turnTo(noon + 24 * hourMs + 999)
      t.equal((await ask(3)).statusCode, 200)
      clock.turnTo(noon + 24 * hourMs + 1_000)
      // It may be kept from before it was retired, until this process hears of that.
      await eventually(20, async () => (await ask(3)).statusCode === 404)
      await publish()
      t.same([...(await rows()).keys()].sort(), [0, 2, 4])
    })

    await t.test('an episode that is taken back stands on no kept page either', async (t) => {
      await add(6)
      await publish()
      t.ok((await rows()).get(4)?.retiredAt === null, 'full: it is named for ever')
      await add(7)
      await publish()
      await add(8)
      await publish()
      t.ok((await rows()).get(5)?.retiredAt)
      await unpublishEpisode(app, episodes[4]?.id ?? '')
      await publish()
      t.same([...(await rows()).keys()].sort(), [0, 2, 4, 6])
      for (const { page } of (await rows()).values()) {
        t.notMatch((await storedFeed(app, show.id, { page }))?.xml, 'Number 4', `page ${page}`)
      }
    })

    await t.test('an older build replaces no page, and adds none', async (t) => {
      await publish()
      const before = await rows()
      await app.db.updateTable('feedDocument').set({ version: 1_000_000 }).where('page', '=', 0).execute()
      await updateEpisode(app, episodes[0]?.id ?? '', { notes: 'Too late.' })
      for (const number of [8, 9, 10]) await add(number)
      await publish()
      const after = await rows()
      t.same([...after.keys()].sort(), [...before.keys()].sort())
      for (const [page, { modelHash }] of before) t.equal(after.get(page)?.modelHash, modelHash)
    })
  })
}
