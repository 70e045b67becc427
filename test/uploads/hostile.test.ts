import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseFeed } from 'podcast-partytime'
import t, { type Test } from 'tap'
import { frame } from '../../src/audio/id3/frames.ts'
import { readTags } from '../../src/audio/recording/read-tags.ts'
import type { EpisodeView, UploadView } from '../../src/shows/schemas.ts'
import { ffmpegChildren } from '../fixtures/children.ts'
import { silentFrames } from '../fixtures/mp3-frames.ts'
import { makePicture } from '../fixtures/recordings.ts'
import { wavFile, writeSparseWav } from '../fixtures/wav-file.ts'
import { eventually } from '../journey/program.ts'
import { openStation } from '../station.ts'

async function workingStation(t: Test) {
  const station = await openStation(t)
  const { app, api } = station
  station.startWorking()
  const show = await station.createShow()
  const send = async (bytes: Buffer, fields: object, filename = 'source') => {
    const { id } = await station.createEpisode(show.id, fields)
    return await api('PUT', `/episodes/${id}/audio`, bytes, { 'x-filename': encodeURIComponent(filename) })
  }
  return {
    ...station,
    show,
    send,
    /** Uploads for a new episode, and gives both as they are when the upload has ended. */
    async process(bytes: Buffer, fields: object = {}): Promise<{ upload: UploadView; episode: EpisodeView }> {
      const { id, episodeId } = (await send(bytes, fields)).json().upload
      const upload = await eventually(30, async () => {
        const view: UploadView = (await api('GET', `/uploads/${id}`)).json()
        return ['ready', 'failed'].includes(view.state) && view
      })
      return { upload, episode: (await api('GET', `/episodes/${episodeId}`)).json() }
    },
    /** Fails unless nothing of a job is left. */
    async leftNothing(t: Test) {
      const tmp = path.join(app.config.home, 'tmp')
      await eventually(20, async () => (await readdir(path.join(app.config.home, 'incoming'))).length === 0)
      await eventually(20, async () => (await readdir(tmp)).length === 0)
      t.strictSame(await ffmpegChildren(), [])
    },
  }
}

t.test('silence and hardly any sound are ready, and their loudness is null', async (t) => {
  const station = await workingStation(t)
  const nothing = { integratedLufs: null, truePeakDbtp: null }
  for (const bytes of [2, 2 * 17_595, 2 * 44_100]) {
    const { upload, episode } = await station.process(wavFile({}, Buffer.alloc(bytes)))
    t.match(upload, { state: 'ready', warnings: [] }, `${bytes} bytes`)
    t.match(episode.audio, { source: nothing, gainDb: 0, limitedDb: 0, shortfallLu: 0 }, `${bytes} bytes`)
    const measured = await eventually(20, async () => {
      const view: EpisodeView = (await station.api('GET', `/episodes/${episode.id}`)).json()
      return view.audio?.loudness.measuredAt ? view : undefined
    })
    t.match(measured.audio?.loudness, nothing, `${bytes} bytes`)
  }
  await station.leftNothing(t)
})

t.test('what is no recording is refused at the door, or fails with a reason; the next one is ready', async (t) => {
  const station = await workingStation(t)
  const folder = station.app.config.home
  const png = await readFile(await makePicture(folder, 'png'))
  const list = Buffer.from('#EXTM3U\nhttp://127.0.0.1/a.mp3\n')
  for (const [name, bytes, status, reason] of [
    ['notes.wav', png, 415, /“notes.wav” is a PNG image/],
    ['list.mp3', list, 415, /“list.mp3” is a playlist/],
    ['empty.wav', Buffer.alloc(0), 400, /“empty.wav” is empty/],
  ] as const) {
    const answer = await station.send(bytes, {}, name)
    t.equal(answer.statusCode, status, name)
    t.match(answer.json().detail ?? answer.json().message, reason)
  }
  const day = path.join(folder, 'day.wav')
  await writeSparseWav(day, 30 * 3600, { sampleRateHz: 100, bits: 8 })
  for (const [bytes, reason] of [
    [await readFile(day), /longer than 24 hours/],
    [wavFile({ sampleRateHz: 0 }, Buffer.alloc(1000)), /not a recording that can be read/],
    [wavFile({ dataBytes: 441_000 }, Buffer.alloc(1000)), /was cut off/],
  ] as const) {
    t.match((await station.process(bytes)).upload, { state: 'failed', reason })
  }
  t.match((await station.process(wavFile({}, Buffer.alloc(1000)))).upload, { state: 'ready' })
  await station.leftNothing(t)
})

t.test('markup and control characters in tags and chapters stay text on their whole way', async (t) => {
  const station = await workingStation(t)
  const dirty = 'A\u0007\r\n<script>alert(1)</script>\u2028&amp;"]]>'
  const title = 'A <script>alert(1)</script> &amp;"]]>'
  const chapter = [frame('TIT2', utf16(dirty)), frame('WXXX', Buffer.from('\0\0javascript:alert(2)'))]
  const body = Buffer.concat([
    frame('TIT2', utf16(dirty)),
    frame('CHAP', Buffer.from('<b>\0'), Buffer.alloc(16), ...chapter),
  ])
  const mp3 = Buffer.concat([
    Buffer.from([0x49, 0x44, 0x33, 3, 0, 0, 0, 0, body.length >> 7, body.length & 127]),
    body,
    silentFrames(100),
  ])
  const { upload, episode } = await station.process(mp3, { title: null })
  t.match(upload, { state: 'ready' })
  t.equal(episode.title, title)
  t.match(episode, { slug: /^[a-z0-9-]+$/ })

  await station.api('PUT', `/episodes/${episode.id}/publication`)
  const page = (await station.web.inject(new URL(episode.pageUrl).pathname)).body
  t.match(page, 'A &lt;script>alert(1)&lt;/script> &amp;amp;')
  t.notMatch(page, /<script>alert|<\/script> &|javascript:/)

  const feed = await eventually(20, async () => {
    const { body } = await station.web.inject(new URL(station.show.feedUrl).pathname)
    return body.includes('<item>') && body
  })
  t.match(feed, '<title><![CDATA[A <script>alert(1)</script> &amp;"]]]]><![CDATA[>]]></title>')
  t.equal(parseFeed(feed)?.items.length, 1)
  const chapters = (await station.api('GET', `/episodes/${episode.id}/chapters`)).json()
  t.match(chapters, { chapters: [{ startTime: 0, title }] })
  t.notMatch(JSON.stringify(chapters), 'javascript')

  const served = path.join(station.app.config.home, 'served.mp3')
  await writeFile(served, (await station.web.inject(new URL(episode.audio?.url ?? '').pathname)).rawPayload)
  t.equal((await readTags(served, { signal: new AbortController().signal })).title, title)
})

function utf16(text: string): Buffer {
  return Buffer.concat([Buffer.from([1, 0xff, 0xfe]), Buffer.from(text, 'utf16le')])
}
