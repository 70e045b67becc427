import t from 'tap'
import { eachStation } from '../engines/each-station.ts'
import { everyLiveItemTag } from '../fixtures/every-tag.ts'
import { openStation } from '../station.ts'

const aLiveItem = {
  title: 'Open house',
  startsAt: '2026-12-24T18:00:00.000Z',
  stream: { url: 'https://live.example.com/waves.mp3', type: 'audio/mpeg' },
  contentLinks: [{ url: 'https://live.example.com/', label: 'Listen live' }],
}

const feedJobs = (app: Awaited<ReturnType<typeof openStation>>['app']) =>
  app.db.selectFrom('job').select('key').where('name', '=', 'publish-feed').execute()

await eachStation(
  'a live item is announced, read back, changed and taken away, the feed made again each time',
  async (t, environment) => {
    const { app, api, createShow } = await openStation(t, { environment })
    const { id: showId } = await createShow()
    const url = `/shows/${showId}/live-items`
    const again = async () => {
      const jobs = await feedJobs(app)
      await app.db.deleteFrom('job').execute()
      return jobs
    }
    await again()
    const answer = await api('POST', url, aLiveItem)
    t.equal(answer.statusCode, 201)
    const item = answer.json()
    t.match(item, { ...aLiveItem, showId, status: 'pending', description: '', guid: /^[\da-f-]{36}$/ })
    t.notOk('endsAt' in item)
    t.same(await again(), [{ key: showId }])
    t.same((await api('GET', `/live-items/${item.id}`)).json(), item)
    t.same((await api('GET', url)).json(), [item])

    for (const status of ['live', 'ended', 'pending', 'live']) {
      t.match((await api('PATCH', `/live-items/${item.id}`, { status })).json(), { status, guid: item.guid })
      t.same(await again(), [{ key: showId }])
    }
    const change = {
      ...everyLiveItemTag,
      title: ' Closed\nhouse ',
      endsAt: '2026-12-24T20:00:00.000Z',
      description: 'd',
    }
    const changed = (await api('PATCH', `/live-items/${item.id}`, change)).json()
    t.match(changed, { ...change, title: 'Closed house', guid: item.guid, status: 'live', stream: aLiveItem.stream })
    const bare = (await api('PATCH', `/live-items/${item.id}`, { endsAt: null, people: null, value: [] })).json()
    t.match(bare, { status: 400, field: 'value' })
    const less = (await api('PATCH', `/live-items/${item.id}`, { endsAt: null, people: null, value: null })).json()
    t.notOk('endsAt' in less || 'people' in less || 'value' in less)
    t.same(less.funding, change.funding)

    await again()
    t.equal((await api('DELETE', `/live-items/${item.id}`)).statusCode, 204)
    t.same(await again(), [{ key: showId }])
    t.same((await api('GET', url)).json(), [])
  },
)

t.test('a live item says all tags from the beginning', async (t) => {
  const { api, createShow } = await openStation(t)
  const { id } = await createShow()
  const fields = { ...aLiveItem, ...everyLiveItemTag, status: 'live' }
  t.match((await api('POST', `/shows/${id}/live-items`, fields)).json(), fields)
})

t.test('the last to begin comes first', async (t) => {
  const { api, createShow } = await openStation(t)
  const { id } = await createShow()
  for (const day of ['02', '03', '01']) {
    await api('POST', `/shows/${id}/live-items`, { ...aLiveItem, startsAt: `2026-12-${day}T00:00:00Z` })
  }
  const listed = (await api('GET', `/shows/${id}/live-items`)).json()
  t.same(
    listed.map(({ startsAt }: { startsAt: string }) => startsAt.slice(8, 10)),
    ['03', '02', '01'],
  )
})

t.test('a field that breaks a rule is refused, by name and rule', async (t) => {
  const { api, createShow } = await openStation(t)
  const show = await createShow()
  const item = (await api('POST', `/shows/${show.id}/live-items`, aLiveItem)).json()
  const mistakes: [string, unknown, string, RegExp][] = [
    ['title', '', 'title', /fewer than 1/],
    ['title', 'x'.repeat(256), 'title', /255/],
    ['description', 'ü'.repeat(2001), 'description', /4000 bytes/],
    ['status', 'paused', 'status', /pending, live, ended \(podcast:liveItem/],
    ['startsAt', 'tomorrow', 'startsAt', /date-time/],
    ['endsAt', '2026-12-24T18:00:00Z', 'endsAt', /later than “startsAt”/],
    ['stream', { url: 'http://example.com/a', type: 'audio/mpeg' }, 'stream.url', /https/],
    ['stream', { url: 'https://[', type: 'audio/mpeg' }, 'stream.url', /not a web address/],
    ['stream', { url: 'https://example.com/a', type: 'mp3' }, 'stream.type', /media type/],
    ['contentLinks', [], 'contentLinks', /at least one contentLink/],
    ['people', [{ name: 'A', role: 'gast' }], 'people.0.role', /“guest”/],
    ['guid', 'mine', 'guid', /not a field/],
  ]
  for (const [name, value, field, detail] of mistakes) {
    for (const answer of [
      await api('POST', `/shows/${show.id}/live-items`, { ...aLiveItem, [name]: value }),
      await api('PATCH', `/live-items/${item.id}`, { [name]: value }),
    ]) {
      t.match(answer.json(), { status: 400, code: 'invalid', field, detail }, `${name} ${JSON.stringify(value)}`)
    }
  }
  for (const name of Object.keys(aLiveItem)) {
    const answer = await api('POST', `/shows/${show.id}/live-items`, { ...aLiveItem, [name]: undefined })
    t.match(answer.json(), { status: 400, field: name, detail: /is missing/ })
  }
  t.match((await api('PATCH', `/live-items/${item.id}`, { contentLinks: null })).json(), { status: 400 })
  t.same((await api('GET', `/live-items/${item.id}`)).json(), item, 'nothing of that was taken')
})

t.test(
  'one that was never there is 404, one that was deleted 410, with its show too, and nobody without a token',
  async (t) => {
    const { api, web, createShow } = await openStation(t)
    const show = await createShow()
    const make = async () => (await api('POST', `/shows/${show.id}/live-items`, aLiveItem)).json()
    const [one, other] = [await make(), await make()]
    await api('DELETE', `/live-items/${one.id}`)
    for (const method of ['GET', 'PATCH', 'DELETE'] as const) {
      const body = method === 'PATCH' ? { status: 'live' } : undefined
      t.match((await api(method, '/live-items/none', body)).json(), { status: 404, code: 'not-found' })
      t.match((await api(method, `/live-items/${one.id}`, body)).json(), { status: 410, code: 'gone' })
      t.equal((await web.inject({ method, url: `/api/live-items/${other.id}` })).statusCode, 401)
    }
    await api('DELETE', `/shows/${show.id}`)
    t.equal((await api('GET', `/live-items/${other.id}`)).statusCode, 410)
    t.equal((await api('GET', `/shows/${show.id}/live-items`)).statusCode, 410)
    t.equal((await api('POST', `/shows/${show.id}/live-items`, aLiveItem)).statusCode, 410)
  },
)
