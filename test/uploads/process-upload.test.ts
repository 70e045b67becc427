import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import t, { type Test } from 'tap'
import type { UploadView } from '../../src/shows/schemas.ts'
import { cutOff, makeRecording } from '../fixtures/recordings.ts'
import { eventually } from '../journey/program.ts'
import { openStation, type Station } from '../station.ts'

type Working = Station & { put(file: string, fields?: object): Promise<{ episodeId: string; upload: UploadView }> }

async function workingStation(t: Test, environment: Record<string, string> = {}): Promise<Working> {
  const station = await openStation(t, { environment })
  station.startWorking()
  const show = await station.createShow()
  return {
    ...station,
    async put(file, fields = {}) {
      const { id } = await station.createEpisode(show.id, fields)
      const headers = { 'x-filename': encodeURIComponent(path.basename(file)) }
      const answer = await station.api('PUT', `/episodes/${id}/audio`, await readFile(file), headers)
      return { episodeId: id, upload: answer.json().upload }
    },
  }
}

const ended = ({ api }: Station, id: string) =>
  eventually(30, async () => {
    const upload: UploadView = (await api('GET', `/uploads/${id}`)).json()
    return ['ready', 'failed', 'cancelled'].includes(upload.state) && upload
  })

t.test('what a recorder or a phone makes ends as an episode with audio', async (t) => {
  const station = await workingStation(t)
  const folder = t.testdir()
  for (const kind of ['wav', 'flac', 'm4a', 'mp3', 'ogg'] as const) {
    const { episodeId, upload } = await station.put(await makeRecording(folder, { kind, seconds: 3, channels: 2 }))
    t.match(await ended(station, upload.id), { state: 'ready', progress: 1, warnings: [] }, kind)
    const episode = (await station.api('GET', `/episodes/${episodeId}`)).json()
    t.match(episode, { state: 'ready', audio: { type: 'audio/mpeg', channels: 2, bitrateKbps: 128 } }, kind)
    t.ok(Math.abs(episode.audio.durationSeconds - 3) < 0.1, kind)
  }
  for (const { key, sha384 } of await station.app.db.selectFrom('rendition').select(['key', 'sha384']).execute()) {
    const stored = await station.app.storage.open(key)
    const bytes = stored ? await buffer(stored) : Buffer.alloc(0)
    t.equal(sha384, createHash('sha384').update(bytes).digest('base64'), 'the hash that a feed tells')
  }
  await eventually(30, async () => (await readdir(path.join(station.app.config.home, 'incoming'))).length === 0)
  t.same(await readdir(path.join(station.app.config.home, 'tmp')), [], 'no scratch folder is left')
})

t.test('an episode without a title takes title, address and cover from the recording', async (t) => {
  const station = await workingStation(t)
  const folder = t.testdir()
  const tags = { title: 'Tagged Title' }
  const tagged = await makeRecording(folder, {
    kind: 'mp3',
    seconds: 2,
    channels: 1,
    tags,
    cover: 'jpg',
    coverSize: 1400,
  })
  const { episodeId, upload } = await station.put(tagged, { title: null })
  t.match(await ended(station, upload.id), { state: 'ready', warnings: [] })
  const episode = (await station.api('GET', `/episodes/${episodeId}`)).json()
  t.match(episode, { title: 'Tagged Title', slug: 'tagged-title', audio: { channels: 1, bitrateKbps: 96 } })
  const picture = await station.web.inject(new URL(episode.artworkUrl).pathname)
  t.equal(picture.statusCode, 200)
  t.match(picture.headers['content-type'], /^image\//)
})

t.test('a title of its own stays; a cover that breaks a rule is passed over with a warning', async (t) => {
  const station = await workingStation(t)
  const folder = t.testdir()
  const tags = { title: 'Tagged Title' }
  const tagged = await makeRecording(folder, {
    kind: 'mp3',
    seconds: 2,
    channels: 1,
    tags,
    cover: 'png',
    coverSize: 300,
  })
  const { episodeId, upload } = await station.put(tagged, { title: 'My own' })
  const { warnings } = await ended(station, upload.id)
  t.match(warnings[0], /cover.*not used.*1400/i)
  t.match((await station.api('GET', `/episodes/${episodeId}`)).json(), { title: 'My own', slug: 'my-own' })
})

t.test('a recording that cannot be used fails with a reason, and the audio before it stays', async (t) => {
  const station = await workingStation(t)
  const folder = t.testdir()
  const good = await station.put(await makeRecording(folder, { kind: 'wav', seconds: 2, channels: 1 }))
  await ended(station, good.upload.id)
  const noise = path.join(folder, 'noise.mp3')
  await writeFile(noise, Buffer.from(Array.from({ length: 50_000 }, (_, index) => (index * 7919 + 13) % 251)))
  const whole = await makeRecording(folder, { kind: 'wav', seconds: 8, channels: 1, filename: 'whole.wav' })
  const cut = path.join(folder, 'cut.wav')
  await cutOff(cut, await readFile(whole), 0.5)
  for (const [file, reason] of [
    [noise, /not|no /i],
    [cut, /cut off/],
  ] as const) {
    const answer = await station.api('PUT', `/episodes/${good.episodeId}/audio`, await readFile(file))
    const upload = await ended(station, answer.json().upload.id)
    t.match(upload, { state: 'failed', reason })
    const episode = (await station.api('GET', `/episodes/${good.episodeId}`)).json()
    t.match(episode, { state: 'ready', upload: { state: 'failed' }, audio: { channels: 1 } })
  }
  const { episodeId, upload } = await station.put(noise)
  await ended(station, upload.id)
  t.equal((await station.api('GET', `/episodes/${episodeId}`)).json().state, 'failed')
})

t.test('a cancelled upload stops; a newer upload takes the place of an older one', async (t) => {
  const station = await workingStation(t)
  const folder = t.testdir()
  const long = await makeRecording(folder, { kind: 'wav', seconds: 300, channels: 2, filename: 'long.wav' })
  const { episodeId, upload } = await station.put(long)
  const isEncoding = async (id: string) => (await station.api('GET', `/uploads/${id}`)).json().state === 'encoding'
  await eventually(20, () => isEncoding(upload.id))
  t.equal((await station.api('DELETE', `/uploads/${upload.id}`)).statusCode, 204)
  await eventually(20, async () => {
    const job = await station.app.db.selectFrom('job').select('id').where('lane', '=', 'heavy').executeTakeFirst()
    return job === undefined
  })
  t.match((await station.api('GET', `/uploads/${upload.id}`)).json(), { state: 'cancelled' })
  t.equal((await station.api('GET', `/episodes/${episodeId}`)).json().state, 'draft')

  const older = await station.api('PUT', `/episodes/${episodeId}/audio`, await readFile(long))
  const short = await makeRecording(folder, { kind: 'wav', seconds: 1, channels: 1, filename: 'short.wav' })
  const newer = await station.api('PUT', `/episodes/${episodeId}/audio`, await readFile(short))
  t.match(await ended(station, newer.json().upload.id), { state: 'ready' })
  t.match(await ended(station, older.json().upload.id), { state: 'cancelled', reason: /newer/ })
})

t.test('publication that was asked for before the audio was ready happens when it is', async (t) => {
  const station = await workingStation(t)
  const { episodeId, upload } = await station.put(
    await makeRecording(t.testdir(), { kind: 'wav', seconds: 20, channels: 2 }),
  )
  const asked = (await station.api('PUT', `/episodes/${episodeId}/publication`)).json()
  t.equal(asked.state, 'processing')
  await ended(station, upload.id)
  t.equal((await station.api('GET', `/episodes/${episodeId}`)).json().state, 'published')
})

t.test('progress is told by server-sent events, to the end', async (t) => {
  const station = await workingStation(t)
  const { upload } = await station.put(await makeRecording(t.testdir(), { kind: 'wav', seconds: 20, channels: 2 }))
  const answer = await station.api('GET', `/uploads/${upload.id}/events`)
  t.match(answer.headers['content-type'], /^text\/event-stream/)
  const views: UploadView[] = [...answer.payload.matchAll(/^data: (.*)$/gm)].map(([, json]) => JSON.parse(json ?? ''))
  t.equal(views.at(-1)?.state, 'ready')
  const progress = views.map((view) => view.progress)
  t.same(
    progress,
    [...progress].sort((one, other) => one - other),
    'it never goes back',
  )
})
