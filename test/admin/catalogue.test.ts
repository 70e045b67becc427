import t from 'tap'
import { createEpisode, findEpisode, listEpisodes } from '../../src/shows/episode.ts'
import { getShow, listShows } from '../../src/shows/show.ts'
import { giveAudio } from '../fixtures/published-episode.ts'
import { type Admin, openAdmin, showFields } from './station.ts'

t.test('an empty station asks for its first show', async (t) => {
  const station = await signedIn(t)
  const { body } = await station.get('/admin')
  t.match(body, /Make your first show/)
  for (const name of [...Object.keys(showFields), 'explicit']) t.match(body, new RegExp(`name="${name}"`))
  t.match(body, /<optgroup label="Arts">/)
})

t.test('a show is made by its form, and shown with its addresses', async (t) => {
  const station = await signedIn(t)
  const answer = await station.post('/admin/shows', { ...showFields, explicit: 'true' })
  const [show] = await listShows(station.app.db)
  t.equal(answer.statusCode, 303)
  t.equal(answer.headers.location, `/admin#show-${show?.id}`)
  t.match(show, { ...showFields, explicit: 1, slug: 'long-waves' })
  const { body } = await station.get('/admin')
  t.match(body, 'href="/shows/long-waves"')
  t.match(body, 'href="/shows/long-waves/feed.xml"')
  t.match(body, /value="owner@example.com"/, 'the next show begins with the same owner')
})

t.test('a show is changed by its form', async (t) => {
  const station = await signedIn(t)
  const show = await station.createShow({ explicit: true })
  const answer = await station.post(`/admin/shows/${show.id}`, { ...showFields, title: 'Day trains' })
  t.equal(answer.statusCode, 303)
  t.match(await getShow(station.app.db, show.id), { title: 'Day trains', explicit: 0, slug: 'long-waves' })
})

t.test(
  'the prefix of a show is set and taken away by its form, and left alone by one that does not send it',
  async (t) => {
    const station = await signedIn(t)
    const { id } = await station.createShow()
    const send = async (fields: Record<string, string>) => {
      await station.post(`/admin/shows/${id}`, { ...showFields, ...fields })
      return (await getShow(station.app.db, id)).enclosurePrefix
    }
    t.equal(await send({ enclosurePrefix: ' https://op3.dev/e ' }), 'https://op3.dev/e/')
    t.match((await station.get('/admin')).body, /name="enclosurePrefix"[^>]* value="https:\/\/op3.dev\/e\/"/)
    t.equal(await send({}), 'https://op3.dev/e/')
    t.equal(await send({ enclosurePrefix: '' }), null)
  },
)

t.test('a refused show keeps what was typed and names the field', async (t) => {
  const station = await signedIn(t)
  const mistakes: [string, string, RegExp][] = [
    ['title', ' ', /Title: Fill this in/],
    ['title', 'x'.repeat(256), /Title: Shorten this: it can have 255/],
    ['ownerEmail', 'nobody', /E-mail: This is not an e-mail address/],
    ['category', 'Trains', /Category: “Trains” is not a category/],
    ['language', 'klingon!', /Language: “klingon!” is not a language tag/],
    ['description', 'ü'.repeat(2001), /Description: The description is over 4000 bytes/],
    ['enclosurePrefix', 'http://op3.dev/e/', /Prefix for other statistics: The prefix must begin with https/],
  ]
  for (const [name, value, words] of mistakes) {
    const answer = await station.post('/admin/shows', { ...showFields, [name]: value, explicit: 'true' })
    t.equal(answer.statusCode, 400, name)
    t.match(answer.body, words)
    t.match(answer.body, new RegExp(`name="${name}"[^>]*aria-invalid`), 'the field is marked')
    t.match(answer.body, `id="new-show-${name}-problem" role="alert"`)
    t.match(answer.body, showFields.author)
    t.match(answer.body, /name="explicit"[^>]*checked/)
  }
  t.same(await listShows(station.app.db), [])
})

t.test('hostile text stays text', async (t) => {
  const station = await signedIn(t)
  const hostile = '"><script>alert(1)</script>'
  const refused = await station.post('/admin/shows', {
    ...showFields,
    title: hostile,
    description: hostile,
    language: '!',
  })
  t.equal(refused.statusCode, 400)
  const show = await station.createShow({ title: hostile })
  await createEpisode(station.app, show.id, { title: hostile, notes: `</textarea>${hostile}` })
  for (const { body } of [refused, await station.get('/admin')]) {
    t.notMatch(body, '<script>alert')
    t.notMatch(body, '</textarea>"')
    t.match(body, '&lt;script')
  }
})

t.test('an episode is made by its form, with or without a title', async (t) => {
  const station = await signedIn(t)
  const show = await station.createShow()
  const answer = await station.post(`/admin/shows/${show.id}/episodes`, { title: '', notes: '**Bold**' })
  const [episode] = await listEpisodes(station.app.db, show.id)
  t.equal(answer.statusCode, 303)
  t.equal(answer.headers.location, `/admin#episode-${episode?.id}`)
  t.match(episode, { title: null, notes: '**Bold**' })
  await station.post(`/admin/shows/${show.id}/episodes`, { title: 'To Vienna', notes: '' })
  const { body } = await station.get('/admin')
  t.match(body, new RegExp(`data-episode="${episode?.id}"`))
  t.match(body, /<h4>To Vienna<\/h4>/)
  t.match(body, /data-state[^>]*>draft</)
  t.match(body, /data-publish[^>]* disabled/, 'there is nothing to publish yet')
})

t.test('a refused episode keeps what was typed', async (t) => {
  const station = await signedIn(t)
  const show = await station.createShow()
  const answer = await station.post(`/admin/shows/${show.id}/episodes`, { title: 'y'.repeat(256), notes: 'long work' })
  t.equal(answer.statusCode, 400)
  t.match(answer.body, /Title: Shorten this/)
  t.match(answer.body, /long work<\/textarea>/)
})

t.test('title and notes are changed by their form', async (t) => {
  const station = await signedIn(t)
  const { episode } = await draft(station)
  const answer = await station.post(`/admin/episodes/${episode.id}`, { title: 'To Graz', notes: 'New' })
  t.equal(answer.headers.location, `/admin#episode-${episode.id}`)
  t.match(await findEpisode(station.app.db, episode.id), { title: 'To Graz', notes: 'New' })
})

t.test('publishing without a recording is refused, beside the episode', async (t) => {
  const station = await signedIn(t)
  const { episode } = await draft(station)
  const answer = await station.post(`/admin/episodes/${episode.id}/publish`)
  t.equal(answer.statusCode, 400)
  t.match(answer.body, /role="alert"[^>]*>This episode has no audio yet/)
})

t.test('an episode with audio is published, taken back, scheduled and deleted', async (t) => {
  const station = await signedIn(t)
  const { episode } = await draft(station)
  await giveAudio(station.app, episode.id)
  const state = async () => /data-state[^>]*>(\w+)</.exec((await station.get('/admin')).body)?.[1]
  t.equal(await state(), 'ready')

  t.equal((await station.post(`/admin/episodes/${episode.id}/publish`)).statusCode, 303)
  t.equal(await state(), 'published')
  t.match((await station.get('/admin')).body, 'href="/shows/long-waves/episodes/to-vienna"')

  t.equal((await station.post(`/admin/episodes/${episode.id}/unpublish`)).statusCode, 303)
  t.equal(await state(), 'ready')

  const at = '2099-12-24T18:00:00.000Z'
  t.equal((await station.post(`/admin/episodes/${episode.id}/schedule`, { at })).statusCode, 303)
  t.equal(await state(), 'scheduled')
  t.match((await station.get('/admin')).body, 'datetime="2099-12-24T18:00:00.000Z"')

  const deleted = await station.post(`/admin/episodes/${episode.id}/delete`)
  t.equal(deleted.headers.location, `/admin#show-${episode.showId}`)
  t.equal((await station.get(`/admin/episodes/${episode.id}`)).statusCode, 410)
})

t.test('a schedule that names no moment is refused', async (t) => {
  const station = await signedIn(t)
  const { episode } = await draft(station)
  await giveAudio(station.app, episode.id)
  for (const at of ['', 'tomorrow', '2099-13-01T00:00:00Z']) {
    const answer = await station.post(`/admin/episodes/${episode.id}/schedule`, { at })
    t.equal(answer.statusCode, 400, at)
    t.match(answer.body, /Choose a day and a time/)
  }
  t.match(await findEpisode(station.app.db, episode.id), { publishAt: null })
})

t.test('the script is given one episode as the page has it', async (t) => {
  const station = await signedIn(t)
  const { episode } = await draft(station)
  const { body } = await station.get(`/admin/episodes/${episode.id}`)
  t.match(body, new RegExp(`data-episode="${episode.id}"`))
  t.match(body, /data-live/)
  t.match(body, /type="file"[^>]* data-recording/)
  t.notMatch(body, /data-new-show/)
})

t.test('forms for what is not there answer 404', async (t) => {
  const station = await signedIn(t)
  for (const url of [
    '/admin/shows/none',
    '/admin/shows/none/episodes',
    '/admin/episodes/none',
    '/admin/episodes/none/publish',
    '/admin/episodes/none/delete',
  ]) {
    t.equal((await station.post(url, showFields)).statusCode, 404, url)
  }
})

async function signedIn(t: Parameters<typeof openAdmin>[0]): Promise<Admin> {
  const station = await openAdmin(t)
  await station.signIn()
  return station
}

async function draft({ createShow, createEpisode }: Admin) {
  const show = await createShow()
  return { show, episode: await createEpisode(show.id, { title: 'To Vienna' }) }
}
