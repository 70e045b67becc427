import t from 'tap'
import { EpisodeFeedTags, LiveItemFeedTags, ShowFeedTags } from '../../src/shows/feed-tags.ts'
import { eachStation } from '../engines/each-station.ts'
import { everyEpisodeTag, everyLiveItemTag, everyShowTag } from '../fixtures/every-tag.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { aShow, openStation } from '../station.ts'

const names = (schema: { properties: object }) => Object.keys(schema.properties).sort()

t.test('the fixtures have every tag that there is', async (t) => {
  t.same(Object.keys(everyShowTag).sort(), names(ShowFeedTags))
  t.same(Object.keys(everyEpisodeTag).sort(), names(EpisodeFeedTags))
  t.same(Object.keys(everyLiveItemTag).sort(), names(LiveItemFeedTags))
})

t.test('a show says all of it, when it is made and when it is changed, and nothing until it is told', async (t) => {
  const { api, createShow } = await openStation(t)
  const made = (await api('POST', '/shows', { ...aShow, ...everyShowTag, feedPageSize: 50 })).json()
  t.match(made, { ...everyShowTag, feedPageSize: 50 })
  t.same((await api('GET', `/shows/${made.id}`)).json(), made)

  const bare = await createShow()
  t.equal(bare.feedPageSize, 300)
  for (const name of names(ShowFeedTags)) t.notOk(name in bare, name)
  const changed = (await api('PATCH', `/shows/${bare.id}`, { ...everyShowTag, feedPageSize: 1000 })).json()
  t.match(changed, { ...everyShowTag, feedPageSize: 1000 })
})

t.test('an episode says all of it, when it is made and when it is changed', async (t) => {
  const { api, createShow, createEpisode } = await openStation(t)
  const show = await createShow()
  const made = await createEpisode(show.id, everyEpisodeTag)
  t.match(made, everyEpisodeTag)
  t.same((await api('GET', `/shows/${show.id}/episodes`)).json(), [made])
  const bare = await createEpisode(show.id)
  for (const name of names(EpisodeFeedTags)) t.notOk(name in bare, name)
  t.match((await api('PATCH', `/episodes/${bare.id}`, everyEpisodeTag)).json(), everyEpisodeTag)
})

t.test('a change touches the tags that it names, and null or an empty list takes one away', async (t) => {
  const { api, createShow, createEpisode } = await openStation(t)
  const show = await createShow(everyShowTag)
  const episode = await createEpisode(show.id, everyEpisodeTag)
  for (const [url, before] of [
    [`/shows/${show.id}`, show],
    [`/episodes/${episode.id}`, episode],
  ] as const) {
    const { people, images, chat, updatedAt: earlier, ...kept } = before
    const change = { locations: [{ name: 'Here' }], blocked: !before.blocked }
    const { updatedAt, ...after } = (
      await api('PATCH', url, { ...change, people: null, images: [], chat: null })
    ).json()
    t.same(after, { ...kept, ...change }, url)
    const { updatedAt: later, ...unchanged } = (await api('PATCH', url, {})).json()
    t.same(after, unchanged, 'an empty change changes nothing')
  }
})

await eachStation('changes at once all stay', async (t, environment) => {
  const { api, createShow } = await openStation(t, { environment })
  const { id } = await createShow()
  await Promise.all([
    api('PATCH', `/shows/${id}`, { medium: 'music' }),
    api('PATCH', `/shows/${id}`, { people: [{ name: 'Ada' }] }),
    api('PATCH', `/shows/${id}`, { locked: false }),
  ])
  t.match((await api('GET', `/shows/${id}`)).json(), { medium: 'music', people: [{ name: 'Ada' }], locked: false })
})

t.test('texts are cleaned as titles are; free texts keep their lines', async (t) => {
  const { createShow } = await openStation(t)
  const show = await createShow({
    people: [{ name: ' A\u0007d\ta\u0000 \ud800', role: 'Host' }],
    funding: [{ url: 'https://example.com/', label: '<b>]]>&\u202eabc 😀' }],
    texts: [{ purpose: 'a\nb', value: '\u0000one\r\n\ttwo\u0007\n' }],
    license: { name: 'CC-BY-NC-ND-4.0' },
  })
  t.match(show, {
    people: [{ name: 'A d a', role: 'Host' }],
    funding: [{ label: '<b>]]>&\u202eabc 😀' }],
    texts: [{ purpose: 'a b', value: 'one\n\ttwo' }],
    license: { name: 'cc-by-nc-nd-4.0' },
  })
})

t.test('the guid and the enclosure of an episode stay, whatever is edited', async (t) => {
  const station = await openStation(t)
  const { api } = station
  const show = await station.createShow()
  const { id } = await publishedEpisode(station, show)
  const before = (await api('GET', `/episodes/${id}`)).json()
  const changes = [
    everyEpisodeTag,
    { title: 'Other', slug: 'other', notes: 'x', season: 9, number: 9, type: 'bonus', explicit: true },
    Object.fromEntries(names(EpisodeFeedTags).map((name) => [name, null])),
  ]
  for (const change of changes) {
    const after = await api('PATCH', `/episodes/${id}`, change)
    t.equal(after.statusCode, 200, after.body)
    await api('PUT', `/episodes/${id}/publication`, { at: '2020-01-01T00:00:00Z' })
    await api('DELETE', `/episodes/${id}/publication`)
    await api('PUT', `/episodes/${id}/publication`)
    await api('PATCH', `/shows/${show.id}`, { slug: `slug-${Math.random().toString(36).slice(2)}`, title: 'New' })
    const { guid, audio } = (await api('GET', `/episodes/${id}`)).json()
    t.equal(guid, before.guid)
    t.equal(audio.url, before.audio.url)
  }
})

t.test('the description of the API tells every field, and the page about it is there', async (t) => {
  const { web, api } = await openStation(t)
  const { paths } = (await api('GET', '/openapi.json')).json()
  const fieldsOf = (path: string) =>
    Object.keys(paths[path].post.requestBody.content['application/json'].schema.properties)
  for (const name of names(ShowFeedTags)) t.ok(fieldsOf('/api/shows').includes(name), name)
  for (const name of names(EpisodeFeedTags)) t.ok(fieldsOf('/api/shows/{showId}/episodes').includes(name), name)
  for (const name of names(LiveItemFeedTags)) t.ok(fieldsOf('/api/shows/{showId}/live-items').includes(name), name)
  t.same(
    Object.keys(paths).filter((path) => path.startsWith('/admin')),
    [],
    'the admin has forms for its own pages',
  )
  t.equal((await web.inject('/api/docs/')).statusCode, 200)
})
