import t from 'tap'
import { aShow, openStation } from '../station.ts'

t.test('a show is made with what it needs, the rest has defaults, and it is read back', async (t) => {
  const { api } = await openStation(t)
  const answer = await api('POST', '/shows', { ...aShow, title: ' Crème\tbrûlée ' })
  t.equal(answer.statusCode, 201)
  const show = answer.json()
  t.match(show, { ...aShow, title: 'Crème brûlée', slug: 'creme-brulee', type: 'episodic', copyright: null })
  t.match(show, { stereoKbps: 128, monoKbps: 96, feedUrl: /\/shows\/creme-brulee\/feed\.xml$/, guid: /^[\da-f-]{36}$/ })
  t.same((await api('GET', `/shows/${show.id}`)).json(), show)
  t.same((await api('GET', '/shows')).json(), [show])
})

t.test(
  'a slug is made from the title and numbered; one that was chosen is kept, or refused when it is taken',
  async (t) => {
    const { createShow, api } = await openStation(t)
    const titles = ['Same', 'Same', 'same!', 'שלום', '😀']
    const slugs: string[] = []
    for (const title of titles) slugs.push((await createShow({ title })).slug)
    t.same(slugs, ['same', 'same-2', 'same-3', 'show', 'show-2'])
    const { id, slug } = await createShow({ slug: 'mine' })
    t.equal(slug, 'mine')
    for (const answer of [
      await api('POST', '/shows', { ...aShow, slug: 'same' }),
      await api('PATCH', `/shows/${id}`, { slug: 'same' }),
    ]) {
      t.equal(answer.statusCode, 409)
      t.match(answer.json(), { code: 'conflict', field: 'slug', detail: /“same” is taken by another show/ })
    }
  },
)

t.test('a field that breaks a rule is refused, by name and rule, when it is made and when it is changed', async (t) => {
  const { api, createShow, web } = await openStation(t)
  const { id } = await createShow()
  const mistakes: [string, unknown, RegExp][] = [
    ['title', '', /fewer than 1/],
    ['title', ' \t', /“title” is not .* not only blanks/],
    ['title', '\u0000\u0007', /“title” is not .* not only blanks/],
    ['title', '\uffff', /“title” is not .* not only blanks/],
    ['title', 'x'.repeat(256), /more than 255/],
    ['title', 5, /must be string/],
    ['author', '\u0007', /“author” is not .* not only blanks/],
    ['description', 'ü'.repeat(2001), /over 4000 bytes/],
    ['description', 'x'.repeat(4001), /more than 4000/],
    ['category', 'Trains', /“Trains” is not a category of Apple/],
    ['category', 'arts', /“arts” is not a category/],
    ['language', 'klingon!', /“klingon!” is not a language tag/],
    ['language', 'x', /fewer than 2/],
    ['ownerEmail', 'nobody', /email/],
    ['explicit', 'no', /must be boolean/],
    ['type', 'weekly', /episodic, serial/],
    ['slug', 'Not A Slug', /a slug is made of a-z/],
    ['stereoKbps', 129, /128, 160/],
    ['copyright', '', /fewer than 1/],
    ['colour', 'red', /“colour” is not a field that is known here/],
    ['id', 'mine', /“id” is not a field/],
  ]
  for (const [field, value, detail] of mistakes) {
    for (const answer of [
      await api('POST', '/shows', { ...aShow, [field]: value }),
      await api('PATCH', `/shows/${id}`, { [field]: value }),
    ]) {
      t.equal(answer.statusCode, 400, field)
      t.match(answer.json(), { code: 'invalid', field, detail }, `${field}: ${JSON.stringify(value).slice(0, 20)}`)
    }
  }
  for (const field of Object.keys(aShow)) {
    const answer = await api('POST', '/shows', { ...aShow, [field]: undefined })
    t.match(answer.json(), { status: 400, field, detail: `“${field}” is missing.` })
  }
  t.equal((await api('GET', '/shows')).json().length, 1, 'nothing of that was made')
  t.match((await web.inject(`/shows/long-waves/feed.xml`)).body, '<title><![CDATA[Long Waves]]></title>')
})

t.test('a change touches what it names, and nothing else', async (t) => {
  const { api, createShow } = await openStation(t)
  const before = await createShow({ copyright: 'Me', type: 'serial' })
  const change = { title: 'New', explicit: true, copyright: null, category: 'Arts > Design', language: 'pt-BR' }
  const { updatedAt, ...after } = (await api('PATCH', `/shows/${before.id}`, change)).json()
  t.match({ ...before, ...change, updatedAt }, after)
  t.equal(after.slug, 'long-waves', 'the address stays when the title changes')
  t.match((await api('PATCH', `/shows/${before.id}`, {})).json(), after, 'an empty change changes nothing')
})

t.test('a show that was never there is 404, one that was deleted 410, at all its addresses', async (t) => {
  const { api, web, createShow, createEpisode } = await openStation(t)
  const show = await createShow()
  const episode = await createEpisode(show.id)
  t.equal((await web.inject('/shows/long-waves/feed.xml')).statusCode, 200)
  const requests: ['GET' | 'PATCH' | 'DELETE' | 'POST', (id: string) => string, object?][] = [
    ['GET', (id) => `/shows/${id}`],
    ['PATCH', (id) => `/shows/${id}`, {}],
    ['GET', (id) => `/shows/${id}/episodes`],
    ['POST', (id) => `/shows/${id}/episodes`, {}],
    ['DELETE', (id) => `/shows/${id}`],
  ]
  for (const [method, url, body] of requests) {
    const answer = await api(method, url('none'), body)
    t.match(answer.json(), { status: 404, code: 'not-found', detail: /no show “none”/ }, `${method} ${url(':id')}`)
  }
  t.equal((await api('DELETE', `/shows/${show.id}`)).statusCode, 204)
  for (const [method, url, body] of requests) {
    const answer = await api(method, url(show.id), body)
    t.match(answer.json(), { status: 410, code: 'gone' }, `${method} ${url(':id')}`)
  }
  t.equal((await api('GET', `/episodes/${episode.id}`)).statusCode, 410)
  t.equal((await web.inject(`/shows/${show.slug}`)).statusCode, 410)
  t.same((await api('GET', '/shows')).json(), [])
  t.equal((await createShow()).slug, 'long-waves-2', 'the address of a deleted show is not given to another')
})
