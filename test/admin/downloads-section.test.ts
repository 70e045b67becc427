import t from 'tap'
import { rollUp } from '../../src/analytics/roll-up.ts'
import { getShow } from '../../src/shows/show.ts'
import { makeHit } from '../fixtures/hits.ts'
import { jobRun } from '../fixtures/job-run.ts'
import { logHits } from '../fixtures/logged-hits.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { openAdmin, showFields } from './station.ts'

const dayMs = 24 * 60 * 60 * 1000

t.test('a show that nobody has heard yet says when numbers come', async (t) => {
  const station = await openAdmin(t)
  await station.signIn()
  await station.createShow()
  const { body } = await station.get('/admin')
  t.match(body, /Downloads<\/h3>.*None in the last 30 days\. A download is counted here within a minute/s)
  t.notMatch(body, 'day-bars')
  t.match(body, 'href="/about/counting"')
})

t.test('downloads stand as totals, as bars, and with the numbers beside them', async (t) => {
  const station = await openAdmin(t)
  await station.signIn()
  const show = await station.createShow()
  await hear(station, show, { 'Much <heard>': [0, 0, 3, 29], 'Less heard': [10], 'Long ago': [30] })
  const { body } = await station.get('/admin')
  const section = /<section class="downloads".*?<\/section>/s.exec(body)?.[0] ?? ''
  t.same(
    [...section.matchAll(/<dt>(.*?)<\/dt><dd>(.*?)<\/dd>/g)].map(([, name, count]) => [name, count]),
    [
      ['Today', '2'],
      ['7 days', '3'],
      ['30 days', '5'],
    ],
  )
  const [bars = ''] = /<figure.*?<\/figure>/s.exec(section) ?? []
  t.equal(bars.match(/<rect /g)?.length, 30)
  t.match(bars, /role="img" aria-label="[^"]*at most 2 on one/)
  t.match(bars, 'at most 2 a day')
  const tables = [...section.matchAll(/<table.*?<\/table>/gs)].map(([table]) => ({
    caption: /<caption>(.*?)</.exec(table)?.[1],
    rows: [...table.matchAll(/<th scope="row">(.*?)(?:<svg.*?)?<\/th><td>(.*?)<\/td>/gs)].map((row) => row.slice(1)),
    widths: [...table.matchAll(/<rect width="(.*?)"/g)].map(([, width]) => Number(width)),
  }))
  t.match(tables.slice(0, 4), [
    {
      caption: 'Episodes',
      rows: [
        ['Much &lt;heard>', '4'],
        ['Less heard', '1'],
      ],
      widths: [100, 25],
    },
    { caption: 'Apps', rows: [[String, '5']] },
    { caption: 'Devices', rows: [[String, '5']] },
    { caption: 'Countries', rows: [[String, '5']] },
  ])
  const days = tables[4]?.rows ?? []
  t.equal(days.length, 30)
  t.equal(
    days.reduce((sum, [, count]) => sum + Number(count), 0),
    5,
  )
})

t.test('of many, the largest are named and all others stand together', async (t) => {
  const station = await openAdmin(t)
  await station.signIn()
  const show = await station.createShow()
  const ages = (count: number) => Array.from({ length: count }, (_, index) => 2 * index)
  await hear(station, show, Object.fromEntries([8, 7, 6, 5, 4, 3, 2].map((count) => [`Heard ${count}`, ages(count)])))
  const { body } = await station.get('/admin')
  const [episodes = ''] = /<caption>Episodes<.*?<\/table>/s.exec(body) ?? []
  t.same(
    [...episodes.matchAll(/<th scope="row">(.*?)<svg.*?<td>(.*?)<\/td>/gs)].map((row) => row.slice(1)),
    [
      ['Heard 8', '8'],
      ['Heard 7', '7'],
      ['Heard 6', '6'],
      ['Heard 5', '5'],
      ['Heard 4', '4'],
      ['All others', '5'],
    ],
  )
})

t.test('the link to CSV works with the session of the page, and for nobody else', async (t) => {
  const station = await openAdmin(t)
  const show = await station.createShow()
  await hear(station, show, { 'First light': [0] })
  const url = `/api/shows/${show.id}/downloads?format=csv`
  t.equal((await station.get(url)).statusCode, 401)
  await station.signIn()
  t.match((await station.get('/admin')).body, `href="${url}"`)
  const { statusCode, headers, body } = await station.get(url)
  t.equal(statusCode, 200)
  t.match(headers['content-type'], 'text/csv')
  t.match(body, /^day,downloads\r\n/)
  t.match(body, /,1\r\n$/)
})

t.test('the time zone of a show is a field of its form', async (t) => {
  const station = await openAdmin(t)
  await station.signIn()
  const show = await station.createShow()
  const zoneAfter = async (timeZone: string) => {
    const { statusCode } = await station.post(`/admin/shows/${show.id}`, { ...showFields, timeZone })
    return [statusCode, (await getShow(station.app.db, show.id)).timeZone]
  }
  t.same(await zoneAfter('Europe/Berlin'), [303, 'Europe/Berlin'])
  t.match((await station.get('/admin')).body, /name="timeZone"[^>]*value="Europe\/Berlin"/)
  t.same(await zoneAfter('Nowhere'), [400, 'Europe/Berlin'])
  t.same(await zoneAfter(''), [303, null])
})

type Admin = Awaited<ReturnType<typeof openAdmin>>

/** Has episodes of these titles downloaded once so many days ago each, and counted. */
async function hear({ app }: Admin, show: Readonly<{ id: string }>, heard: Record<string, readonly number[]>) {
  for (const [title, ages] of Object.entries(heard)) {
    const { id, renditionId } = await publishedEpisode({ app }, show, { title })
    const hits = ages.map((age, index) =>
      makeHit({
        at: app.clock.now() - age * dayMs,
        episodeId: id,
        renditionId: renditionId ?? '',
        listenerKey: `listener ${index}`,
      }),
    )
    await logHits(app.db, hits)
  }
  await rollUp(app, {}, jobRun())
}
