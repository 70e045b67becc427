import t from 'tap'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { openStation } from '../station.ts'

t.test('an episode is made as a draft, and read back with its notes made safe', async (t) => {
  const { api, createShow } = await openStation(t)
  const show = await createShow()
  const fields = { title: 'First light', notes: '**b** <script>x</script>', season: 1, number: 2, type: 'bonus' }
  const answer = await api('POST', `/shows/${show.id}/episodes`, { ...fields, explicit: true })
  t.equal(answer.statusCode, 201)
  const episode = answer.json()
  t.match(episode, { ...fields, explicit: true, state: 'draft', slug: 'first-light', showId: show.id })
  t.match(episode, { notesHtml: '<p><strong>b</strong> </p>', summary: 'b', audio: undefined, upload: undefined })
  t.same((await api('GET', `/episodes/${episode.id}`)).json(), episode)
  t.same((await api('GET', `/shows/${show.id}/episodes`)).json(), [episode])
})

t.test('a slug is made from the title and numbered within its show', async (t) => {
  const { api, createShow, createEpisode } = await openStation(t)
  const [one, other] = [await createShow(), await createShow()]
  t.equal((await createEpisode(one.id)).slug, 'first-light')
  const second = await createEpisode(one.id)
  t.equal(second.slug, 'first-light-2')
  t.equal((await createEpisode(other.id)).slug, 'first-light')
  t.match((await createEpisode(one.id, { title: null })).slug, /^episode-[\da-f]{8}$/)
  t.match((await createEpisode(one.id, { title: '😀' })).slug, /^episode-[\da-f]{8}$/)
  for (const answer of [
    await api('POST', `/shows/${one.id}/episodes`, { slug: 'first-light' }),
    await api('PATCH', `/episodes/${second.id}`, { slug: 'first-light' }),
  ]) {
    t.match(answer.json(), { status: 409, code: 'conflict', field: 'slug', detail: /“first-light” is taken/ })
  }
})

t.test('a field that breaks a rule is refused, by name and rule, when it is made and when it is changed', async (t) => {
  const { api, createShow, createEpisode } = await openStation(t)
  const show = await createShow()
  const { id } = await createEpisode(show.id)
  const mistakes: [string, unknown, RegExp][] = [
    ['title', '', /fewer than 1/],
    ['title', '\u0007', /“title” is not .* not only blanks/],
    ['title', 'x'.repeat(256), /more than 255/],
    ['notes', 5, /must be string/],
    ['notes', 'x'.repeat(50_001), /more than 50000/],
    ['season', 0, />= 1/],
    ['season', '1', /must be integer/],
    ['number', 1.5, /must be integer/],
    ['type', 'teaser', /full, trailer, bonus/],
    ['explicit', 'no', /must be boolean/],
    ['slug', '-a', /a slug is made of a-z/],
    ['publishAt', '2026-01-01T00:00:00Z', /not a field/],
  ]
  for (const [field, value, detail] of mistakes) {
    for (const answer of [
      await api('POST', `/shows/${show.id}/episodes`, { [field]: value }),
      await api('PATCH', `/episodes/${id}`, { [field]: value }),
    ]) {
      t.match(answer.json(), { status: 400, code: 'invalid', field, detail }, `${field}: ${String(value).slice(0, 20)}`)
    }
  }
  t.equal((await api('GET', `/shows/${show.id}/episodes`)).json().length, 1)
})

t.test('a change touches what it names, and nothing else', async (t) => {
  const station = await openStation(t)
  const { api } = station
  const show = await station.createShow()
  const before = await station.createEpisode(show.id, { notes: 'a', season: 1, number: 2, explicit: true })
  const change = { notes: '*b*', number: null, explicit: null }
  const { updatedAt, ...after } = (await api('PATCH', `/episodes/${before.id}`, change)).json()
  t.match({ ...before, ...change, notesHtml: '<p><em>b</em></p>', summary: 'b', updatedAt }, after)
  t.match((await api('PATCH', `/episodes/${before.id}`, {})).json(), after, 'an empty change changes nothing')
  t.match((await api('PATCH', `/episodes/${before.id}`, { title: null })).json(), { title: null, slug: 'first-light' })

  const published = await publishedEpisode(station, show)
  const untitled = await api('PATCH', `/episodes/${published.id}`, { title: null })
  t.match(untitled.json(), { status: 400, field: 'title', detail: /published episode needs a title/ })
  const moved = (await api('PATCH', `/episodes/${published.id}`, { slug: 'moved' })).json()
  t.match(moved, { pageUrl: /\/moved$/, audio: { url: /\/first-light-2\.mp3$/ } }, 'the enclosure keeps its file name')
})

t.test('an episode that was never there is 404, one that was deleted 410, at all its addresses', async (t) => {
  const station = await openStation(t)
  const { api, web } = station
  const show = await station.createShow()
  const episode = await publishedEpisode(station, show)
  const requests: ['GET' | 'PATCH' | 'DELETE' | 'PUT', string, object?][] = [
    ['GET', ''],
    ['PATCH', '', {}],
    ['PUT', '/publication'],
    ['DELETE', '/publication'],
    ['DELETE', ''],
  ]
  for (const [method, url, body] of requests) {
    const answer = await api(method, `/episodes/none${url}`, body)
    t.match(answer.json(), { status: 404, code: 'not-found', detail: /no episode “none”/ }, `${method} ${url}`)
  }
  t.equal((await api('DELETE', `/episodes/${episode.id}`)).statusCode, 204)
  for (const [method, url, body] of requests) {
    const answer = await api(method, `/episodes/${episode.id}${url}`, body)
    t.match(answer.json(), { status: 410, code: 'gone', detail: 'This episode was deleted.' }, `${method} ${url}`)
  }
  for (const url of [`/shows/long-waves/episodes/first-light`, `/audio/${episode.id}/a.mp3`]) {
    t.equal((await web.inject(url)).statusCode, 410, url)
  }
  t.same((await api('GET', `/shows/${show.id}/episodes`)).json(), [])
  t.equal((await station.createEpisode(show.id)).slug, 'first-light-2', 'its address is not given to another')
})
