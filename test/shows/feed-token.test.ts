import t from 'tap'
import { hashToken } from '../../src/accounts/api-tokens.ts'
import { createFeedToken, listFeedTokens, revokeFeedToken, useFeedToken } from '../../src/shows/feed-token.ts'
import { eachStation } from '../engines/each-station.ts'
import { fakeClock } from '../fixtures/fake-clock.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { eventually } from '../journey/program.ts'
import { openStation } from '../station.ts'

const noon = Date.parse('2026-03-01T12:00:00Z')
const minuteMs = 60_000

await eachStation('a feed token is good until it is taken back', async (t, environment) => {
  const clock = fakeClock(noon)
  const { app, createShow } = await openStation(t, { clock, environment })
  const show = await createShow()
  const { feedToken, token } = await createFeedToken(app, show.id, { name: ' Ann\n' })
  t.match(token, /^[\w-]{32}$/, '192 bits')
  t.match(feedToken, { name: 'Ann', hash: hashToken(token), createdAt: noon, lastUsedAt: null, revokedAt: null })
  const other = await createFeedToken(app, show.id, { name: 'Bo' })
  t.match(await useFeedToken(app, token), { id: feedToken.id, showId: show.id })
  await t.rejects(useFeedToken(app, `${token}x`), { code: 'not-found' })
  await t.rejects(useFeedToken(app, feedToken.hash), { code: 'not-found' }, 'the hash opens nothing')

  clock.turnTo(noon + minuteMs)
  await revokeFeedToken(app, feedToken.id)
  clock.turnTo(noon + 2 * minuteMs)
  await revokeFeedToken(app, feedToken.id)
  await t.rejects(useFeedToken(app, token), { code: 'gone' })
  t.match(await listFeedTokens(app, show.id), [
    { id: other.feedToken.id, revokedAt: null },
    { id: feedToken.id, revokedAt: noon + minuteMs },
  ])
  await t.rejects(revokeFeedToken(app, 'nobody'), { code: 'not-found' })
})

await eachStation('the last use is seen, to the minute', async (t, environment) => {
  const clock = fakeClock(noon)
  const { app, createShow } = await openStation(t, { clock, environment })
  const show = await createShow()
  const { token } = await createFeedToken(app, show.id, { name: 'Ann' })
  const lastUse = async () => (await listFeedTokens(app, show.id))[0]?.lastUsedAt
  for (const [now, seen] of [
    [noon, noon],
    [noon + minuteMs - 1, noon],
    [noon + minuteMs, noon + minuteMs],
  ] as const) {
    clock.turnTo(now)
    await useFeedToken(app, token)
    t.equal(await eventually(20, async () => (await lastUse()) === seen && seen), seen)
  }
})

t.test('the API tells a token once, with a link to try, and lists and takes back', async (t) => {
  const station = await openStation(t)
  const { api, createShow } = station
  const show = await createShow()
  const url = `/shows/${show.id}/feed-tokens`
  const first = await api('POST', url, { name: 'Ann' })
  t.equal(first.statusCode, 201)
  t.equal(first.json().exampleUrl, undefined, 'nothing is published yet')
  const episode = await publishedEpisode(station, show)
  const second = await api('POST', url, { name: 'Bo' })
  const { id, token, exampleUrl } = second.json()
  t.equal(exampleUrl, `http://localhost:3000/audio/p/${token}/${episode.id}/first-light.mp3`)
  t.equal(second.headers['cache-control'], 'no-store')
  const list = await api('GET', url)
  t.match(list.json(), [
    { id, name: 'Bo', showId: show.id, createdAt: /Z$/ },
    { id: first.json().id, name: 'Ann' },
  ])
  t.notMatch(list.body, token)
  t.notMatch(list.body, hashToken(token))
  t.equal((await api('DELETE', `/feed-tokens/${id}`)).statusCode, 204)
  t.match((await api('GET', url)).json()[0].revokedAt, /Z$/)
})

t.test('the API tells a private feed once, and changes whom a token is for and how early it is', async (t) => {
  const station = await openStation(t, { clock: fakeClock(noon) })
  const { api, createShow, web } = station
  const show = await createShow()
  const url = `/shows/${show.id}/feed-tokens`
  const scheduled = await publishedEpisode(station, show, { publishAt: noon + minuteMs })
  const { id, token, feedUrl, earlySeconds, exampleUrl } = (
    await api('POST', url, { name: 'Ann', earlySeconds: 60 })
  ).json()
  t.equal(earlySeconds, 60)
  t.equal(feedUrl, `http://localhost:3000/shows/long-waves/p/${token}/feed.xml`)
  t.match(exampleUrl, scheduled.id, 'she has it already')
  t.equal((await web.inject(new URL(feedUrl).pathname)).statusCode, 200)
  t.match((await api('PATCH', `/feed-tokens/${id}`, { name: ' Bo\n' })).json(), { id, name: 'Bo', earlySeconds: 60 })
  const changed = await api('PATCH', `/feed-tokens/${id}`, { earlySeconds: 2_592_000 })
  t.match(changed.json(), { id, name: 'Bo', earlySeconds: 2_592_000 })
  t.same((await api('PATCH', `/feed-tokens/${id}`, {})).json(), changed.json())
  const list = await api('GET', url)
  t.same(list.json(), [changed.json()])
  t.notMatch(list.body + changed.body, token)
  t.equal((await api('POST', url, { name: 'Cy' })).json().earlySeconds, 0)
})

await eachStation('the tokens of a show are early by ten different times at most', async (t, environment) => {
  const { api, createShow } = await openStation(t, { environment })
  const show = await createShow()
  const add = (earlySeconds: number, showId = show.id) =>
    api('POST', `/shows/${showId}/feed-tokens`, { name: 'Ann', earlySeconds })
  const made = []
  for (let minutes = 0; minutes < 10; minutes += 1) made.push((await add(minutes * 60)).json())
  t.equal((await add(540)).statusCode, 201, 'one of the ten again')
  t.match((await add(600)).json(), { status: 409, field: 'earlySeconds', detail: /\(0, 60, .*540, 600\)|at most 10/ })
  t.equal((await api('PATCH', `/feed-tokens/${made[9].id}`, { earlySeconds: 600 })).statusCode, 409, 'another has 540')
  t.equal((await api('PATCH', `/feed-tokens/${made[8].id}`, { earlySeconds: 600 })).statusCode, 200)
  t.equal((await add(480)).statusCode, 409)
  t.equal((await api('GET', `/shows/${show.id}/feed-tokens`)).json().length, 11, 'nothing of what was refused is left')
  await api('DELETE', `/feed-tokens/${made[0].id}`)
  t.equal((await add(480)).statusCode, 201, 'one that was taken back does not count')
  t.equal((await add(1, (await createShow({ title: 'Other' })).id)).statusCode, 201)
})

t.test('the feed is made again when a token is made, changed or taken back', async (t) => {
  const { api, app, createShow } = await openStation(t)
  const show = await createShow()
  const isWaiting = async () => {
    const { numDeletedRows } = await app.db.deleteFrom('job').where('name', '=', 'publish-feed').executeTakeFirst()
    return numDeletedRows === 1n
  }
  t.ok(await isWaiting())
  const { id } = (await api('POST', `/shows/${show.id}/feed-tokens`, { name: 'Ann' })).json()
  t.ok(await isWaiting())
  await api('PATCH', `/feed-tokens/${id}`, { earlySeconds: 60 })
  t.ok(await isWaiting())
  await api('DELETE', `/feed-tokens/${id}`)
  t.ok(await isWaiting())
})

t.test('what makes no sense is refused', async (t) => {
  const { api, createShow, web } = await openStation(t)
  const { id } = await createShow()
  t.match(await api('POST', `/shows/${id}/feed-tokens`, {}), { statusCode: 400, body: /“name” is missing/ })
  t.equal((await api('POST', `/shows/${id}/feed-tokens`, { name: '' })).statusCode, 400)
  t.equal((await api('POST', '/shows/nobody/feed-tokens', { name: 'Ann' })).statusCode, 404)
  t.equal((await api('GET', '/shows/nobody/feed-tokens')).statusCode, 404)
  t.equal((await api('DELETE', '/feed-tokens/nobody')).statusCode, 404)
  t.equal((await api('PATCH', '/feed-tokens/nobody', { name: 'Bo' })).statusCode, 404)
  const ann = (await api('POST', `/shows/${id}/feed-tokens`, { name: 'Ann' })).json()
  for (const [field, value] of [
    ['earlySeconds', -1],
    ['earlySeconds', 2_592_001],
    ['earlySeconds', 1.5],
    ['earlySeconds', '60'],
    ['earlySeconds', null],
    ['name', ''],
    ['token', 'mine'],
  ] as const) {
    const body = { name: 'Bo', [field]: value }
    t.match((await api('POST', `/shows/${id}/feed-tokens`, body)).json(), { status: 400, field }, `${field} ${value}`)
    t.match((await api('PATCH', `/feed-tokens/${ann.id}`, body)).json(), { status: 400, field }, `${field} ${value}`)
  }
  await api('DELETE', `/feed-tokens/${ann.id}`)
  t.match((await api('PATCH', `/feed-tokens/${ann.id}`, { name: 'Bo' })).json(), { status: 410, detail: /taken back/ })
  t.equal((await web.inject({ method: 'POST', url: `/api/shows/${id}/feed-tokens` })).statusCode, 401)
  await api('DELETE', `/shows/${id}`)
  t.equal((await api('POST', `/shows/${id}/feed-tokens`, { name: 'Ann' })).statusCode, 410)
})
