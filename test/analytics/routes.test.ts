import t, { type Test } from 'tap'
import { recountOneEpisode, recountShow } from '../../src/analytics/recount.ts'
import { rollUp } from '../../src/analytics/roll-up.ts'
import type { Hit } from '../../src/core/events.ts'
import { deleteShow } from '../../src/shows/show.ts'
import { fakeClock } from '../fixtures/fake-clock.ts'
import { hourMs, makeHit } from '../fixtures/hits.ts'
import { jobRun } from '../fixtures/job-run.ts'
import { logHits } from '../fixtures/logged-hits.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { openStation } from '../station.ts'

const now = Date.parse('2026-11-26T12:00:00Z')
const dayMs = 24 * hourMs
const browser =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

/** Two episodes; the first has three downloads on the 25th and one on the 24th, the second one on the 25th. */
async function countedStation(t: Test) {
  const clock = fakeClock(now)
  const station = await openStation(t, { clock })
  const { app } = station
  const show = await station.createShow()
  const bytes = Buffer.alloc(2_000_000)
  const first = await publishedEpisode(station, show, { title: '=First', bytes, publishAt: now - 10 * dayMs })
  const second = await publishedEpisode(station, show, {
    title: 'Second',
    slug: 'second',
    bytes,
    publishAt: now - 40 * dayMs,
  })
  const hit = (differently: Partial<Hit>) =>
    makeHit({
      episodeId: first.id,
      renditionId: first.renditionId ?? '',
      at: now - dayMs,
      bytesSent: bytes.length,
      ...differently,
    })
  const count = async (...hits: Hit[]) => {
    await logHits(app.db, hits)
    await rollUp(app, {}, jobRun())
  }
  await count(
    hit({ listenerKey: 'a', country: 'IS' }),
    hit({
      listenerKey: 'b',
      country: 'DE',
      userAgent: browser,
      status: 206,
      range: 'bytes=0-1199999',
      bytesSent: 1_200_000,
    }),
    hit({ listenerKey: 'c', status: 302, bytesSent: 0 }),
    hit({ listenerKey: 'd', at: now - 2 * dayMs }),
    hit({ listenerKey: 'd', episodeId: second.id, renditionId: second.renditionId ?? '', door: 'download' }),
    hit({ listenerKey: 'e', userAgent: 'curl/8.5.0' }),
  )
  return { ...station, clock, show, first, second, hit, count }
}

t.test('a show’s downloads by everything that they can be told apart by', async (t) => {
  const { api, show, first, second } = await countedStation(t)
  const rows: [string, object[]][] = [
    [
      'episode',
      [
        { episode: first.id, title: '=First', downloads: 4 },
        { episode: second.id, title: 'Second', downloads: 1 },
      ],
    ],
    [
      'app',
      [
        { app: 'AntennaPod', downloads: 4 },
        { app: 'Chrome', downloads: 1 },
      ],
    ],
    [
      'device',
      [
        { device: 'phone', downloads: 4 },
        { device: 'computer', downloads: 1 },
      ],
    ],
    [
      'country',
      [
        { country: 'unknown', downloads: 3 },
        { country: 'DE', downloads: 1 },
        { country: 'IS', downloads: 1 },
      ],
    ],
    [
      'way',
      [
        { way: 'download', downloads: 4 },
        { way: 'streaming', downloads: 1 },
      ],
    ],
    [
      'certainty',
      [
        { certainty: 'delivered', downloads: 4 },
        { certainty: 'asked', downloads: 1 },
      ],
    ],
  ]
  for (const [by, expected] of rows) {
    const answer = await api('GET', `/shows/${show.id}/downloads?by=${by}`)
    t.equal(answer.statusCode, 200)
    t.match(answer.json(), {
      by,
      downloads: 5,
      certainty: { delivered: 4, asked: 1 },
      from: '2026-10-28',
      to: '2026-11-26',
    })
    t.same(answer.json().rows, expected, by)
  }
  const byDay = (await api('GET', `/shows/${show.id}/downloads?from=2026-11-23&to=2026-11-25`)).json()
  t.same(byDay.rows, [
    { day: '2026-11-23', downloads: 0 },
    { day: '2026-11-24', downloads: 1 },
    { day: '2026-11-25', downloads: 4 },
  ])
  t.match(byDay, { by: 'day', timeZone: 'UTC', methodUrl: 'http://localhost:3000/about/counting' })
})

t.test('an episode’s downloads, its first days, and how far it is heard', async (t) => {
  const { api, first, second } = await countedStation(t)
  const byApp = (await api('GET', `/episodes/${first.id}/downloads?by=app&from=2026-11-25&to=2026-11-25`)).json()
  t.same(byApp.rows, [
    { app: 'AntennaPod', downloads: 2 },
    { app: 'Chrome', downloads: 1 },
  ])
  t.equal(byApp.downloads, 3)
  t.equal((await api('GET', `/episodes/${second.id}/downloads`)).json().rows.length, 30)

  const { rows } = (await api('GET', `/shows/${first.showId}/downloads/first-days`)).json()
  t.match(rows, [
    { episode: first.id, title: '=First', ageDays: 10, first7: 0, first30: 4, first90: 4, downloads: 4 },
    { episode: second.id, ageDays: 40, first7: 0, first30: 0, first90: 1, downloads: 1 },
  ])
  const days = (await api('GET', `/episodes/${first.id}/downloads/first-days`)).json()
  t.equal(days.rows.length, 11, 'the eleventh has begun')
  t.same(days.rows.slice(8, 10), [
    { day: 9, downloads: 1 },
    { day: 10, downloads: 3 },
  ])

  const heard = (await api('GET', `/episodes/${first.id}/retention`)).json()
  t.same(heard.listeners, { streaming: 1, download: 2 }, 'of the one who was sent on nothing is known')
  t.equal(heard.rows.length, 100)
  t.match(heard.rows[0], { percent: 0, seconds: 0, streaming: 1, download: 2 })
  t.match(heard.rows[59], { percent: 59, streaming: 1, download: 2 })
  t.match(heard.rows[60], { percent: 60, streaming: 0, download: 2 })
})

t.test('reports come as CSV, by Accept or by name, safe for spreadsheets', async (t) => {
  const { api, show, first, second } = await countedStation(t)
  const byAccept = await api('GET', `/shows/${show.id}/downloads?by=episode`, undefined, { accept: 'text/csv' })
  t.match(byAccept.headers, {
    'content-type': /^text\/csv; charset=utf-8/,
    'content-disposition': 'attachment; filename="long-waves-downloads-by-episode-2026-10-28-2026-11-26.csv"',
    vary: /accept/i,
  })
  t.equal(byAccept.body, `episode,title,downloads\r\n${first.id},'=First,4\r\n${second.id},Second,1\r\n`)
  const named = await api('GET', `/shows/${show.id}/downloads?by=way&format=csv`, undefined, {
    accept: 'application/json',
  })
  t.equal(named.body, 'way,downloads\r\ndownload,4\r\nstreaming,1\r\n')
  const json = await api('GET', `/shows/${show.id}/downloads?format=json`, undefined, { accept: 'text/csv' })
  t.match(json.headers['content-type'], 'application/json')
  for (const url of [
    `/shows/${show.id}/downloads/first-days`,
    `/episodes/${first.id}/downloads/first-days`,
    `/episodes/${first.id}/retention`,
  ]) {
    const { statusCode, body } = await api('GET', `${url}?format=csv`)
    t.equal(statusCode, 200)
    t.match(body, /^[\w,]+\r\n/)
  }
})

t.test('what makes no sense is refused with a sentence', async (t) => {
  const { api, app, web, show, first } = await countedStation(t)
  for (const [query, words] of [
    ['from=2026-11-31', /“2026-11-31” is not a day/],
    ['from=2026-11-02&to=2026-11-01', /is after/],
    ['by=listener', /“by” must be one of these: day, episode, app, device, country, way, certainty/],
    ['format=xml', /“format” must be one of these: json, csv/],
    ['since=2026-11-01', /“since” is not a field that is known here/],
    ['by=app&by=day', /“by”/],
  ] as const) {
    const answer = await api('GET', `/shows/${show.id}/downloads?${query}`)
    t.equal(answer.statusCode, 400, query)
    t.match(answer.json().detail, words)
  }
  t.equal((await api('GET', `/episodes/${first.id}/downloads?by=episode`)).statusCode, 400)
  t.equal((await api('GET', '/shows/none/downloads')).statusCode, 404)
  t.equal((await api('GET', '/episodes/none/retention')).statusCode, 404)
  t.equal((await web.inject(`/api/shows/${show.id}/downloads`)).statusCode, 401)
  await deleteShow(app, show.id)
  t.equal((await api('GET', `/shows/${show.id}/downloads`)).statusCode, 410)
})

t.test('another zone has the days of a show counted anew', async (t) => {
  const { api, app, show, hit, count } = await countedStation(t)
  await count(hit({ listenerKey: 'late', at: Date.parse('2026-11-25T23:30:00Z') }))
  const onThe = async (day: string) =>
    (await api('GET', `/shows/${show.id}/downloads?from=${day}&to=${day}`)).json().downloads
  t.same([await onThe('2026-11-25'), await onThe('2026-11-26')], [5, 0])
  await api('PATCH', `/shows/${show.id}`, { timeZone: 'Europe/Berlin' })
  await runJobs(app)
  t.same([await onThe('2026-11-25'), await onThe('2026-11-26')], [4, 1])
  for (const timeZone of ['Berlin/Europe', '+02:00', 'a'.repeat(61)]) {
    const refused = await api('PATCH', `/shows/${show.id}`, { timeZone })
    t.match(refused, { statusCode: 400 }, timeZone)
  }
})

t.test('first days begin anew where an episode is published at another moment', async (t) => {
  const { api, app, first } = await countedStation(t)
  await api('PUT', `/episodes/${first.id}/publication`, { at: new Date(now - 2.5 * dayMs).toISOString() })
  await runJobs(app)
  const { rows } = (await api('GET', `/episodes/${first.id}/downloads/first-days`)).json()
  t.same(rows, [
    { day: 1, downloads: 1 },
    { day: 2, downloads: 3 },
    { day: 3, downloads: 0 },
  ])
})

/** Does what waits to be counted anew. */
async function runJobs(app: Parameters<typeof rollUp>[0]): Promise<void> {
  for (const job of await app.db.deleteFrom('job').where('name', 'like', 'recount-%').returningAll().execute()) {
    const payload = JSON.parse(job.payload)
    await (job.name === 'recount-show' ? recountShow(app, payload) : recountOneEpisode(app, payload))
  }
  await rollUp(app, {}, jobRun())
}
