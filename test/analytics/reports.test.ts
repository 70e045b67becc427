import t, { type Test } from 'tap'
import { rollUp } from '../../src/analytics/roll-up.ts'
import type { Hit } from '../../src/core/events.ts'
import type { ShowView } from '../../src/shows/schemas.ts'
import { databaseSettings } from '../engines/database-settings.ts'
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
      t.match(report, { by: 'day', from: '2026-11-23', to: '2026-11-26', timeZone: 'UTC', downloads: 4 })
      t.same(report.certainty, { delivered: 3, asked: 1 })
      t.match(report.methodUrl, /\/about\/counting$/)
      t.same(report.rows, [
        { day: '2026-11-23', downloads: 2 },
        { day: '2026-11-24', downloads: 1 },
        { day: '2026-11-25', downloads: 0 },
        { day: '2026-11-26', downloads: 1 },
      ])
    })

    await t.test('by episode, app, device, country and way, the most come first', async (t) => {
      const rows = async (by: string) => (await ask(`/shows/${show.id}/downloads?${week}&by=${by}`)).rows
      t.same(await rows('episode'), [
        { episode: first.id, title: 'First', downloads: 3 },
        { episode: second.id, title: 'Second', downloads: 1 },
      ])
      t.same(await rows('app'), [
        { app: 'AntennaPod', downloads: 3 },
        { app: 'Overcast', downloads: 1 },
      ])
      t.same(await rows('country'), [
        { country: 'IS', downloads: 2 },
        { country: 'DE', downloads: 1 },
        { country: 'unknown', downloads: 1 },
      ])
      t.same(await rows('way'), [
        { way: 'download', downloads: 3 },
        { way: 'streaming', downloads: 1 },
      ])
      t.equal((await rows('device'))[0].device, 'phone')
      t.same(await rows('certainty'), [
        { certainty: 'delivered', downloads: 3 },
        { certainty: 'asked', downloads: 1 },
      ])
    })

    await t.test('an episode has the same reports, but for those by episode', async (t) => {
      const report = await ask(`/episodes/${first.id}/downloads?${week}&by=country`)
      t.match(report, {
        downloads: 3,
        certainty: { asked: 0 },
        rows: [
          { country: 'IS', downloads: 2 },
          { country: 'unknown', downloads: 1 },
        ],
      })
      t.equal((await api('GET', `/episodes/${first.id}/downloads?by=episode`)).statusCode, 400)
    })

    await t.test('the first days of episodes are counted from when each came out', async (t) => {
      const { rows } = await ask(`/shows/${show.id}/downloads/first-days`)
      t.match(rows, [
        { episode: second.id, title: 'Second', ageDays: 19, first7: 1, first30: 1, first90: 1 },
        { episode: first.id, title: 'First', ageDays: 20, first7: 3, first30: 3, first90: 3 },
      ])
      const days = await ask(`/episodes/${first.id}/downloads/first-days`)
      t.match(days, {
        first7: 3,
        rows: [{ day: 1, downloads: 2 }, { day: 2, downloads: 0 }, { day: 3 }, { day: 4, downloads: 1 }],
      })
      t.equal(days.rows.length, 21, 'up to today')
    })

    await t.test('retention tells which share of those who stream fetched each part', async (t) => {
      const { listeners, rows } = await ask(`/episodes/${first.id}/retention`)
      t.same(listeners, { streaming: 1, download: 2 })
      t.match(
        [rows[0], rows[49], rows[51], rows[99]],
        [{ streaming: 1 }, { streaming: 1 }, { streaming: 0 }, { streaming: 0 }],
      )
      t.match(rows[99], { percent: 99, download: 2 })
    })

    await t.test('each is there as CSV, by the format or by what is accepted', async (t) => {
      const csv = await api('GET', `/shows/${show.id}/downloads?${week}&by=episode&format=csv`)
      t.match(csv.headers['content-type'], 'text/csv; charset=utf-8')
      t.equal(csv.payload, `episode,title,downloads\r\n${first.id},First,3\r\n${second.id},Second,1\r\n`)
      const accepted = await api('GET', `/episodes/${first.id}/downloads?${week}`, undefined, { accept: 'text/csv' })
      t.match(accepted.payload, /^day,downloads\r\n2026-11-23,2\r\n/)
      const table = async (url: string) => (await api('GET', `${url}?format=csv`)).payload
      t.match(await table(`/shows/${show.id}/downloads/first-days`), /^episode,title,.*\r\n.*,Second,/)
      t.match(await table(`/episodes/${first.id}/downloads/first-days`), /^day,downloads\r\n1,2\r\n/)
      t.match(await table(`/episodes/${first.id}/retention`), /^percent,.*\r\n0,0,1,2\r\n/)
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
  const environment = await databaseSettings(t, engine)
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
