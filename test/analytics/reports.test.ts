import t, { type Test } from 'tap'
import { rollUp } from '../../src/analytics/roll-up.ts'
import type { Hit } from '../../src/core/events.ts'
import type { ShowView } from '../../src/shows/schemas.ts'
import { startPostgres } from '../engines/postgres.ts'
import { fakeClock } from '../fixtures/fake-clock.ts'
import { hourMs, makeHit, makePart, monday } from '../fixtures/hits.ts'
import { jobRun } from '../fixtures/job-run.ts'
import { logHits } from '../fixtures/logged-hits.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { openStation, type Station } from '../station.ts'

const dayMs = 24 * hourMs
const overcast = 'Overcast/3.0 (+http://overcast.fm/; iOS podcast app)'

for (const engine of ['SQLite', 'PostgreSQL']) {
  t.test(`on ${engine}`, async (t) => {
    const station = await openWithHits(t, engine)
    const { api, show, first, second } = station
    const ask = async (url: string) => (await api('GET', url)).json()
    const week = 'from=2026-11-23&to=2026-11-26'

    await t.test('downloads by day have every day, and say of how many a redirect is all that is known', async (t) => {
      const report = await ask(`/shows/${show.id}/downloads?${week}`)
      t.match(report, { by: 'day', from: '2026-11-23', to: '2026-11-26', timeZone: 'UTC', total: 4, asked: 1 })
      t.match(report.methodology, /\/about\/counting$/)
      t.same(report.rows, [
        { key: '2026-11-23', downloads: 2 },
        { key: '2026-11-24', downloads: 1 },
        { key: '2026-11-25', downloads: 0 },
        { key: '2026-11-26', downloads: 1 },
      ])
    })

    await t.test('by episode, app, device, country and way, the most come first', async (t) => {
      const rows = async (by: string) => (await ask(`/shows/${show.id}/downloads?${week}&by=${by}`)).rows
      t.same(await rows('episode'), [
        { key: first.id, title: 'First', downloads: 3 },
        { key: second.id, title: 'Second', downloads: 1 },
      ])
      t.same(await rows('app'), [
        { key: 'AntennaPod', downloads: 3 },
        { key: 'Overcast', downloads: 1 },
      ])
      t.same(await rows('country'), [
        { key: 'IS', downloads: 2 },
        { key: 'DE', downloads: 1 },
        { key: 'unknown', downloads: 1 },
      ])
      t.same(await rows('way'), [
        { key: 'download', downloads: 3 },
        { key: 'streaming', downloads: 1 },
      ])
      t.equal((await rows('device'))[0].key, 'phone')
      t.same(await rows('certainty'), [
        { key: 'delivered', downloads: 3 },
        { key: 'asked', downloads: 1 },
      ])
    })

    await t.test('an episode has the same reports, but for those by episode', async (t) => {
      const report = await ask(`/episodes/${first.id}/downloads?${week}&by=country`)
      t.match(report, {
        total: 3,
        asked: 0,
        rows: [
          { key: 'IS', downloads: 2 },
          { key: 'unknown', downloads: 1 },
        ],
      })
      t.equal((await api('GET', `/episodes/${first.id}/downloads?by=episode`)).statusCode, 400)
    })

    await t.test('the first days of episodes are counted from when each came out', async (t) => {
      const { episodes } = await ask(`/shows/${show.id}/first-days`)
      t.match(episodes, [
        { episodeId: second.id, title: 'Second', first7: 1, first30: 1, first90: 1 },
        { episodeId: first.id, title: 'First', ageDays: 20, first7: 3, first30: 3, first90: 3 },
      ])
    })

    await t.test('retention tells which share of those who stream fetched each part', async (t) => {
      const { streaming, download } = await ask(`/episodes/${first.id}/retention`)
      t.equal(streaming.listeners, 1)
      t.same([streaming.shares[0], streaming.shares[49], streaming.shares[51], streaming.shares[99]], [1, 1, 0, 0])
      t.equal(download.listeners, 2)
      t.equal(download.shares[99], 1)
    })

    await t.test('each is there as CSV, by the format or by what is accepted', async (t) => {
      const csv = await api('GET', `/shows/${show.id}/downloads?${week}&by=episode&format=csv`)
      t.match(csv.headers['content-type'], 'text/csv; charset=utf-8')
      t.equal(csv.payload, `episode,title,downloads\r\n${first.id},First,3\r\n${second.id},Second,1\r\n`)
      const accepted = await api('GET', `/episodes/${first.id}/downloads?${week}`, undefined, { accept: 'text/csv' })
      t.match(accepted.payload, /^day,downloads\r\n2026-11-23,2\r\n/)
      t.match(
        (await api('GET', `/shows/${show.id}/first-days?format=csv`)).payload,
        /^episodeId,title,.*\r\n.*,Second,/,
      )
      t.match((await api('GET', `/episodes/${first.id}/retention?format=csv`)).payload, /^hundredth,.*\r\n1,1,1\r\n/)
    })

    await t.test('what cannot be answered is refused with what to do', async (t) => {
      for (const query of ['by=weather', 'from=yesterday', 'from=2026-11-26&to=2026-11-25', 'format=xls']) {
        const refusal = await api('GET', `/shows/${show.id}/downloads?${query}`)
        t.equal(refusal.statusCode, 400, query)
        t.match(refusal.headers['content-type'], /problem\+json/)
      }
      t.equal((await api('GET', '/shows/nothing/downloads')).statusCode, 404)
      t.equal((await api('GET', '/episodes/nothing/retention')).statusCode, 404)
      const stranger = await station.web.inject({ url: `/api/shows/${show.id}/downloads` })
      t.equal(stranger.statusCode, 401)
    })
  })
}

type Counted = Station & Readonly<{ show: ShowView; first: { id: string }; second: { id: string } }>

/** Two episodes and four downloads: two of them whole, one streamed by half, one redirected. */
async function openWithHits(t: Test, engine: string): Promise<Counted> {
  const environment: Record<string, string> = { SECRET_KEY: 'a secret of thirty-two characters' }
  if (engine === 'PostgreSQL') {
    const postgres = await startPostgres()
    environment.DATABASE_URL = await postgres.createDatabase()
    t.teardown(() => postgres.stop())
  }
  const station = await openStation(t, { clock: fakeClock(monday + 20 * dayMs), environment })
  const show = await station.createShow()
  const bytes = Buffer.alloc(20_000)
  const first = await publishedEpisode(station, show, { title: 'First', publishAt: monday, bytes })
  const second = await publishedEpisode(station, show, { title: 'Second', publishAt: monday + dayMs, bytes })
  const of = ({ id, renditionId }: typeof first) => ({ episodeId: id, renditionId: renditionId ?? '' })
  const hits: Hit[] = [
    makeHit({ ...of(first), listenerKey: 'ann', at: monday + hourMs, bytesSent: 20_000, country: 'IS' }),
    makeHit({ ...of(first), listenerKey: 'ann', at: monday + 2 * hourMs, bytesSent: 20_000, country: 'IS' }),
    makePart(0, 9_999, { ...of(first), listenerKey: 'bo', at: monday + 3 * hourMs, userAgent: overcast }),
    makeHit({ ...of(first), listenerKey: 'cy', at: monday + 3 * dayMs, bytesSent: 20_000, country: 'IS' }),
    makeHit({ ...of(second), listenerKey: 'dee', at: monday + dayMs, status: 302, bytesSent: 0, country: 'DE' }),
    makeHit({ ...of(second), listenerKey: 'robot', at: monday + dayMs, bytesSent: 20_000, userAgent: 'curl/8' }),
  ]
  await station.app.db.updateTable('rendition').set({ bitrateKbps: 1, headerBytes: 0, durationSeconds: 160 }).execute()
  await logHits(station.app.db, hits)
  await rollUp(station.app, {}, jobRun())
  return { ...station, show, first, second }
}
