import t from 'tap'
import { newId } from '../../src/core/ids.ts'
import { adoptTexts } from '../../src/shows/adopt-texts.ts'
import { findChapters } from '../../src/shows/chapter-list.ts'
import { getEpisode } from '../../src/shows/episode.ts'
import { saveRecordedChapters } from '../../src/shows/put-chapters.ts'
import { giveAudio, publishedEpisode } from '../fixtures/published-episode.ts'
import { openStation, type Station } from '../station.ts'

const text = { 'content-type': 'text/plain' }
const vtt = { 'content-type': 'text/vtt; charset=utf-8' }
const someVtt = 'WEBVTT\n\n00:00.000 --> 00:02.000\n<v Ada>Good evening.'

async function withEpisode(t: Parameters<typeof openStation>[0], fields: object = {}) {
  const station = await openStation(t)
  const show = await station.createShow({ language: 'de' })
  const episode = await publishedEpisode(station, show, fields)
  return { ...station, show, episode, url: `/episodes/${episode.id}` }
}

t.test(
  'chapters are taken in each form by its content type, told by the episode, and sent back as they came',
  async (t) => {
    const { api, url, app, episode } = await withEpisode(t)
    const forms: [string, string, string][] = [
      ['application/json+chapters', '{"version":"1.1.0","chapters":[{"startTime":0,"title":"Intro"}]}', 'api'],
      ['application/json; charset=utf-8', '{"chapters":[{"startTime":0,"title":"Intro"}]}', 'api'],
      ['text/plain', '00:00:00.000 Intro', 'file'],
      ['text/plain', '0.0\t0.0\tIntro', 'file'],
      ['application/xml', '<psc:chapters><psc:chapter start="0" title="Intro"/></psc:chapters>', 'file'],
      ['TEXT/XML', '<psc:chapters><psc:chapter start="0" title="Intro"/></psc:chapters>', 'file'],
    ]
    const publicUrl = `${app.config.publicUrl}/episodes/${episode.id}/chapters.json`
    for (const [type, body, origin] of forms) {
      const put = await api('PUT', `${url}/chapters`, Buffer.from(body), { 'content-type': type })
      t.equal(put.statusCode, 200, body)
      const told = { origin, mayBeOff: false, url: publicUrl }
      t.same(put.json(), { version: '1.2.0', chapters: [{ startTime: 0, title: 'Intro' }], ...told })
      t.same((await api('GET', `${url}/chapters`)).json(), put.json())
      t.same((await api('GET', url)).json().chapters, { count: 1, ...told })
      const again = await api('PUT', `${url}/chapters`, put.body, { 'content-type': 'application/json' })
      t.same(again.json(), { ...put.json(), origin: 'api' }, 'what we answer is taken too')
    }
    t.equal((await api('DELETE', `${url}/chapters`)).statusCode, 204)
    t.equal((await api('DELETE', `${url}/chapters`)).statusCode, 204, 'of none it is fine')
    t.match((await api('GET', `${url}/chapters`)).json(), { status: 404 })
    t.equal((await api('GET', url)).json().chapters, undefined)
  },
)

t.test('what is refused says why, and changes nothing', async (t) => {
  const { api, url } = await withEpisode(t)
  await api('PUT', `${url}/chapters`, '0:00 Intro', text)
  await api('PUT', `${url}/transcript`, someVtt, vtt)
  const json = 'application/json'
  const rows: [string, string | Buffer, string | undefined, number, RegExp, string?][] = [
    ['chapters', '0:00 Intro\n?', 'text/plain', 400, /Line 2 does not begin/, 'chapters'],
    ['chapters', '', 'text/plain', 400, /no chapter in it/, 'chapters'],
    ['chapters', '20:00 Late', 'text/plain', 400, /no audio after 17:09/, 'chapters.0.startTime'],
    ['chapters', '{"chapters":[{"startTime":0},{"startTime":1e999}]}', json, 400, /no time/, 'chapters.1.startTime'],
    ['chapters', '{"chapters":[{"startTime":"0"}]}', json, 400, /must be a number/, 'chapters.0.startTime'],
    ['chapters', Buffer.from([0x30, 0xff, 0xfd]), 'text/plain', 400, /not UTF-8/, 'chapters'],
    ['chapters', '0:00 Intro', 'application/octet-stream', 415, /Send one of these.*json\+chapters.*text\/plain/],
    ['chapters', '0:00 Intro', undefined, 415, /Send one of these/],
    ['chapters', ' '.repeat(4 * 1024 * 1024 + 1), 'text/plain', 413, /Chapters can have at most 4 MiB/],
    ['transcript', 'WEBVTT\n\n1:00 -> 2:00\nx', 'text/vtt', 400, /Line 3/, 'transcript'],
    ['transcript', '', 'text/plain', 400, /no words/, 'transcript'],
    ['transcript', '<p>', 'text/html', 415, /Send one of these.*text\/vtt/],
    ['transcript?language=klingon!', someVtt, 'text/vtt', 400, /not a language tag/, 'language'],
    ['transcript', ' '.repeat(10 * 1024 * 1024 + 1), 'text/vtt', 413, /A transcript can have at most 10 MiB/],
  ]
  for (const [path, body, type, status, detail, field] of rows) {
    const headers = type ? { 'content-type': type } : {}
    const answer = await api('PUT', `${url}/${path}`, body, headers)
    t.match(answer.json(), { status, detail, ...(field && { field }) }, `${path} ${type} ${status}`)
  }
  t.equal((await api('GET', `${url}/chapters`)).json().chapters.length, 1)
  t.equal((await api('GET', `${url}/transcript`)).json().segments.length, 1)
})

t.test('files of Windows are read: with a byte order mark, in UTF-16', async (t) => {
  const { api, url } = await withEpisode(t)
  for (const file of [
    Buffer.from('\ufeff0:00 Größe\r\n'),
    Buffer.from('\ufeff0:00 Größe\r\n', 'utf16le'),
    Buffer.from('\ufeff0:00 Größe\r\n', 'utf16le').swap16(),
  ]) {
    const answer = await api('PUT', `${url}/chapters`, file, text)
    t.same(answer.json().chapters, [{ startTime: 0, title: 'Größe' }])
  }
})

t.test('without chapters of its own an episode has those of its show notes, within its audio', async (t) => {
  const { api, url } = await withEpisode(t, { notes: '0:00 Hello\n5:00 Snow\n59:00 Never' })
  const chapters = [
    { startTime: 0, title: 'Hello' },
    { startTime: 300, title: 'Snow' },
  ]
  t.match((await api('GET', `${url}/chapters`)).json(), { chapters, origin: 'notes', mayBeOff: false })
  t.match((await api('GET', url)).json().chapters, { count: 2, origin: 'notes' })
  await api('PUT', `${url}/chapters`, '0:01 Given', text)
  t.match((await api('GET', url)).json().chapters, { count: 1, origin: 'file' })
  await api('DELETE', `${url}/chapters`)
  t.match((await api('GET', url)).json().chapters, { count: 2, origin: 'notes' })
})

t.test('a transcript is taken in each form; it has the language that is told, else that of the show', async (t) => {
  const { api, url, app, episode } = await withEpisode(t)
  const srt = '1\n00:00:00,000 --> 00:00:02,000\nAda: Good evening.'
  const forms: [string, string, string][] = [
    ['text/vtt', someVtt, 'text/vtt'],
    ['application/x-subrip', srt, 'application/x-subrip'],
    ['application/srt', srt, 'application/x-subrip'],
    [
      'application/json',
      '{"segments":[{"start":0,"end":2,"text":" Good evening.","speaker":"Ada"}]}',
      'application/json',
    ],
    ['text/plain', someVtt, 'text/vtt'],
    ['text/plain', srt, 'application/x-subrip'],
  ]
  const segments = [{ speaker: 'Ada', startTime: 0, endTime: 2, body: 'Good evening.' }]
  for (const [type, body, origin] of forms) {
    const put = await api('PUT', `${url}/transcript`, body, { 'content-type': type })
    t.match(put.json(), { version: '1.0.0', segments, language: 'de', origin, mayBeOff: false }, `${type} ${origin}`)
    t.same((await api('GET', `${url}/transcript`)).json(), put.json())
  }
  const files = ['text/vtt', 'application/x-subrip', 'application/json', 'text/html'].map((type, index) => ({
    type,
    url: `${app.config.publicUrl}/episodes/${episode.id}/transcript.${['vtt', 'srt', 'json', 'html'][index]}`,
  }))
  t.same((await api('GET', url)).json().transcript.files, files)
  const plain = await api('PUT', `${url}/transcript?language=pt-BR`, 'Ada: Boa noite.\n\nNeva.', text)
  t.match(plain.json(), { segments: [{ speaker: 'Ada', body: 'Boa noite.' }, { body: 'Neva.' }] })
  t.match((await api('GET', url)).json().transcript, { language: 'pt-BR', origin: 'text/plain', files: files.slice(3) })
  t.equal((await api('GET', url)).json().transcript.files.length, 1, 'without times it has one form')
  t.equal((await api('DELETE', `${url}/transcript`)).statusCode, 204)
  t.equal((await api('GET', `${url}/transcript`)).statusCode, 404)
})

t.test('when the audio is replaced, its texts are marked as perhaps off, until they are given again', async (t) => {
  const { app, api, url, episode } = await withEpisode(t)
  const marks = async () => {
    const { chapters, transcript } = (await api('GET', url)).json()
    return [chapters.mayBeOff, transcript.mayBeOff]
  }
  await api('PUT', `${url}/chapters`, '0:00 Intro', text)
  await api('PUT', `${url}/transcript`, someVtt, vtt)
  t.same(await marks(), [false, false])
  await giveAudio(app, episode.id, { bytes: Buffer.from('other bytes') })
  t.same(await marks(), [true, true])
  t.match((await api('GET', `${url}/chapters`)).json(), { mayBeOff: true })
  t.match((await api('GET', `${url}/transcript`)).json(), { mayBeOff: true })
  await api('PUT', `${url}/chapters`, '0:00 Intro', text)
  t.same(await marks(), [false, true])
})

t.test('texts that were given before there was audio belong to the first', async (t) => {
  const { app, api, createShow, createEpisode } = await openStation(t)
  const { id } = await createEpisode((await createShow()).id)
  await api('PUT', `/episodes/${id}/chapters`, '0:00 Intro\n1:00:00 Late', text)
  await giveAudio(app, id)
  const uploadId = (await getEpisode(app.db, id)).uploadId ?? ''
  await adoptTexts(app.db, id, uploadId)
  t.match(
    (await api('GET', `/episodes/${id}`)).json().chapters,
    { count: 1, mayBeOff: false },
    'the late one is hidden',
  )
  await giveAudio(app, id, { bytes: Buffer.from('other bytes') })
  await adoptTexts(app.db, id, 'another')
  t.match((await api('GET', `/episodes/${id}`)).json().chapters, { mayBeOff: true })
})

t.test('chapters of a recording are kept, but never in the place of those that somebody gave', async (t) => {
  const { app, api, url, episode } = await withEpisode(t)
  const save = (title: string) =>
    saveRecordedChapters(app.db, episode, {
      chapters: [{ startSeconds: 0, title }, { startSeconds: 9999 }],
      uploadId: episode.uploadId ?? '',
      durationSeconds: 1000,
      at: 1,
    })
  const none = { chapters: [], uploadId: 'x', durationSeconds: 1000, at: 1 }
  t.equal(await saveRecordedChapters(app.db, episode, none), false)
  t.equal(await save('First take'), true)
  t.equal(await save('Second take'), true)
  t.equal(await saveRecordedChapters(app.db, episode, none), false, 'a recording without chapters leaves the old ones')
  const recorded = [{ startSeconds: 0, title: 'Second take' }]
  t.same(await findChapters(app.db, episode), { chapters: recorded, origin: 'recording', mayBeOff: false })
  await api('PUT', `${url}/chapters`, '0:00 Given', text)
  t.equal(await save('Third take'), false)
  t.match(await findChapters(app.db, episode), { chapters: [{ title: 'Given' }], origin: 'file' })
})

t.test('a picture of ours keeps its place when chapters are sent back, and goes with its chapter', async (t) => {
  const station = await withEpisode(t)
  const { app, api, url, episode } = station
  const [kept, lost] = [await storedImage(station), await storedImage(station)]
  const chapters = [
    { startSeconds: 0, imageId: kept },
    { startSeconds: 60, imageId: lost },
  ]
  const insert = { uploadId: episode.uploadId ?? '', durationSeconds: 1000, at: 1 }
  t.equal(await saveRecordedChapters(app.db, episode, { chapters: [], ...insert }), false)
  await app.db
    .insertInto('chapterList')
    .values({
      episodeId: episode.id,
      chapters: JSON.stringify(chapters),
      origin: 'recording',
      uploadId: null,
      updatedAt: 1,
    })
    .execute()
  const { version, chapters: told } = (await api('GET', `${url}/chapters`)).json()
  t.match(told[0].img, new RegExp(`/episodes/${episode.id}/chapter-images/${kept}\\.png$`))
  const back = await api('PUT', `${url}/chapters`, { version, chapters: told.slice(0, 1) })
  t.same(back.json().chapters, told.slice(0, 1))
  t.match(await findChapters(app.db, episode), { chapters: [{ imageId: kept, imageUrl: undefined }] })
  const rows = await app.db.selectFrom('chapterImage').select('id').execute()
  t.same(rows, [{ id: kept }], 'the row of the other is gone, and the sweep takes its bytes')
})

t.test(
  'texts of an episode that was never there are 404, of one that was deleted 410, and nobody without a token',
  async (t) => {
    const { api, web, url } = await withEpisode(t)
    const requests = (['chapters', 'transcript'] as const).flatMap((what) =>
      (['PUT', 'GET', 'DELETE'] as const).map((method) => [method, what] as const),
    )
    const ask = (at: string, [method, what]: (typeof requests)[number]) =>
      api(method, `${at}/${what}`, method === 'PUT' ? '0:00 x' : undefined, method === 'PUT' ? text : {})
    for (const request of requests) t.equal((await ask('/episodes/none', request)).statusCode, 404, request.join(' '))
    await api('DELETE', url)
    for (const request of requests) t.equal((await ask(url, request)).statusCode, 410, request.join(' '))
    for (const [method, what] of requests) {
      t.equal((await web.inject({ method, url: `/api${url}/${what}` })).statusCode, 401)
    }
  },
)

async function storedImage({ app, episode }: Station & { episode: { id: string } }): Promise<string> {
  const id = newId()
  const file = { key: `shows/x/${id}.png`, type: 'image/png', bytes: 4, sha256: 'ab'.repeat(32), createdAt: 1 }
  await app.db
    .insertInto('chapterImage')
    .values({ id, episodeId: episode.id, ...file })
    .execute()
  return id
}
