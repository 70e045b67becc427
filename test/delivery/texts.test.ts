import { Readable } from 'node:stream'
import t from 'tap'
import { newId } from '../../src/core/ids.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { eventually } from '../journey/program.ts'
import { openStation } from '../station.ts'

const vtt = 'WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n<v Ada>Good evening.\n'

async function withTexts(t: Parameters<typeof openStation>[0]) {
  const station = await openStation(t)
  const show = await station.createShow()
  const episode = await publishedEpisode(station, show)
  const url = `/episodes/${episode.id}`
  await station.api('PUT', `${url}/chapters`, '0:00 Intro\n1:00 Snow', { 'content-type': 'text/plain' })
  await station.api('PUT', `${url}/transcript`, vtt, { 'content-type': 'text/vtt' })
  const ask = (path: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' | 'POST' = 'GET') =>
    station.web.inject({ method, url: `${url}/${path}`, headers })
  return { ...station, show, episode, url, ask }
}

t.test('each text is sent as its declared type, to every site, and not twice', async (t) => {
  const { ask } = await withTexts(t)
  const files: [string, string, RegExp][] = [
    [
      'chapters.json',
      'application/json+chapters',
      /^\{"version":"1\.2\.0","chapters":\[\{"startTime":0,"title":"Intro"\}/,
    ],
    ['transcript.vtt', 'text/vtt; charset=utf-8', new RegExp(`^${vtt}$`)],
    [
      'transcript.srt',
      'application/x-subrip; charset=utf-8',
      /^1\n00:00:00,000 --> 00:00:02,000\nAda: Good evening\.\n$/,
    ],
    ['transcript.json', 'application/json', /^\{"version":"1\.0\.0","segments":\[\{"speaker":"Ada","startTime":0/],
    ['transcript.html', 'text/html; charset=utf-8', /<cite>Ada:<\/cite>\n<time>0:00<\/time>\n<p>Good evening\.<\/p>/],
  ]
  for (const [path, type, body] of files) {
    const answer = await ask(path)
    t.match(answer, { statusCode: 200, body }, path)
    t.equal(answer.headers['content-type'], type)
    t.match(answer.headers, { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' })
    const etag = String(answer.headers.etag)
    t.match(await ask(path, { 'if-none-match': etag }), { statusCode: 304, body: '', headers: { etag } })
    t.equal((await ask(path, { 'if-match': '"x"' })).statusCode, 412)
    const head = await ask(path, {}, 'HEAD')
    t.match(head, { statusCode: 200, body: '', headers: { 'content-length': String(answer.rawPayload.length) } })
    t.match(await ask(path, {}, 'POST'), { statusCode: 405, headers: { allow: 'GET, HEAD' } })
  }
  for (const path of ['transcript.txt', 'transcript.', 'transcript.vtt.exe', 'chapters.xml']) {
    t.equal((await ask(path)).statusCode, 404, path)
  }
})

t.test('a transcript without times has the form of HTML alone; an episode without texts has none', async (t) => {
  const { api, ask, url } = await withTexts(t)
  t.equal((await ask('transcript.vtt')).statusCode, 200)
  await api('PUT', `${url}/transcript`, 'Good evening.', { 'content-type': 'text/plain' })
  await eventually(20, async () => (await ask('transcript.vtt')).statusCode === 404)
  t.match(await ask('transcript.html'), { statusCode: 200, body: /<p>Good evening\.<\/p>/ })
  await api('DELETE', `${url}/transcript`)
  await api('DELETE', `${url}/chapters`)
  await eventually(20, async () => (await ask('transcript.html')).statusCode === 404)
  await eventually(20, async () => (await ask('chapters.json')).statusCode === 404)
  t.pass('nothing is left')
})

t.test('a text is public as long as its audio is, and a change is seen at once', async (t) => {
  const { app, api, ask, url, episode } = await withTexts(t)
  const image = await storeImage(app, episode)
  const paths = ['chapters.json', 'transcript.vtt', `chapter-images/${image}.png`]
  const allAnswer = async (status: number) => {
    for (const path of paths) await eventually(20, async () => (await ask(path)).statusCode === status)
    t.pass(`all ${status}`)
  }
  await allAnswer(200)
  await api('PUT', `${url}/chapters`, '0:00 Changed', { 'content-type': 'text/plain' })
  await eventually(20, async () => (await ask('chapters.json')).body.includes('Changed'))
  paths.pop()
  await api('DELETE', `${url}/publication`)
  await allAnswer(404)
  await api('PUT', `${url}/publication`)
  await allAnswer(200)
  await api('DELETE', url)
  await allAnswer(410)
})

t.test('the picture of a chapter is served for ever, at the address of its episode only', async (t) => {
  const station = await withTexts(t)
  const { app, ask, episode, show, web } = station
  const image = await storeImage(app, episode)
  const answer = await ask(`chapter-images/${image}.png`)
  t.match(answer, { statusCode: 200, body: 'not really a picture' })
  t.match(answer.headers, {
    'content-type': 'image/png',
    'cache-control': /immutable/,
    'access-control-allow-origin': '*',
  })
  const other = await publishedEpisode(station, show)
  t.equal((await web.inject(`/episodes/${other.id}/chapter-images/${image}.png`)).statusCode, 404)
  t.equal((await ask('chapter-images/none.png')).statusCode, 404)
})

t.test('the feed names the texts of an episode, and those of the show notes', async (t) => {
  const station = await withTexts(t)
  const { api, web, show, url } = station
  await publishedEpisode(station, show, { title: 'Second', notes: '0:00 Hello\n5:00 Snow' })
  await publishedEpisode(station, show, { title: 'Third' })
  station.startWorking()
  const feed = async () => (await web.inject('/shows/long-waves/feed.xml')).body
  const count = async (tag: string) => (await feed()).split(`<podcast:${tag} `).length - 1
  await eventually(20, async () => (await count('chapters')) === 2)
  t.equal(await count('transcript'), 4)
  t.match(
    await feed(),
    new RegExp(`<podcast:chapters url="[^"]*${url}/chapters.json" type="application/json\\+chapters"/>`),
  )
  t.match(await feed(), /<podcast:transcript url="[^"]*transcript\.srt" type="application\/x-subrip" language="en"\/>/)
  await api('DELETE', `${url}/transcript`)
  await eventually(20, async () => (await count('transcript')) === 0)
})

async function storeImage(
  app: Awaited<ReturnType<typeof openStation>>['app'],
  episode: { id: string },
): Promise<string> {
  const [id, bytes] = [newId(), Buffer.from('not really a picture')]
  const key = `shows/x/episodes/${episode.id}/chapter-images/${id}.png`
  await app.storage.put(key, Readable.from([bytes]), { type: 'image/png', size: bytes.length })
  const row = {
    id,
    episodeId: episode.id,
    key,
    type: 'image/png',
    bytes: bytes.length,
    sha256: 'ab'.repeat(32),
    createdAt: 1,
  }
  await app.db.insertInto('chapterImage').values(row).execute()
  return id
}
