import { createHash } from 'node:crypto'
import path from 'node:path'
import { parseFeed } from 'podcast-partytime'
import type { Test } from 'tap'
import type { EpisodeView } from '../../src/shows/schemas.ts'
import { ownFolder } from '../fixtures/own-folder.ts'
import { makeRecording } from '../fixtures/recordings.ts'
import { createEpisode, createShow, expectJson, publish, putAudio, uploadEnd } from './catalogue.ts'
import { eventually, startProgram } from './program.ts'

/**
 * The main job on the whole program, whatever it stands on: a real WAV goes in; the feed, the enclosure, its ranges and the
 * download come out.
 */
export async function oneEpisodeJourney(t: Test, environment: Record<string, string>): Promise<void> {
  const folder = await ownFolder(t)
  const program = await startProgram(t, { LONGWAVE_HOME: path.join(folder, 'home'), ...environment })
  const recording = await makeRecording(folder, { kind: 'wav', seconds: 6, channels: 2 })

  const show = await createShow(program)
  const episode = await createEpisode(program, show.id, { notes: 'Hello **world** <script>alert(1)</script>' })
  t.match(episode, { state: 'draft', slug: 'first-light' })
  const upload = await putAudio(program, episode.id, recording)
  t.match(upload, { state: 'received', progress: 0 })
  t.match(await uploadEnd(program, upload.id), { state: 'ready', progress: 1 })
  t.equal((await fetch(`${program.url}/audio/${episode.id}/x.mp3`)).status, 404, 'not public before it is published')

  const { audio, state, pageUrl } = await publish(program, episode.id)
  t.equal(state, 'published')
  t.ok(audio)
  if (!audio) return
  t.ok(Math.abs(audio.durationSeconds - 6) < 0.05)

  const item = await eventually(20, async () => {
    const feed = parseFeed(await (await fetch(show.feedUrl)).text())
    return feed?.items[0]
  })
  t.equal(item.guid, episode.guid)
  t.equal(item.title, 'First light')
  t.equal(item.enclosure.type, 'audio/mpeg')
  t.equal(item.duration, 6)

  await t.test('the enclosure has the length that the feed says, whole and in ranges', async (t) => {
    const whole = await fetch(item.enclosure.url)
    const bytes = Buffer.from(await whole.arrayBuffer())
    t.equal(whole.status, 200, whole.status === 200 ? '' : bytes.toString())
    t.equal(bytes.length, item.enclosure.length)
    t.equal(Number(whole.headers.get('content-length')), item.enclosure.length)
    const range = await fetch(item.enclosure.url, { headers: { range: 'bytes=1000-4999' } })
    t.equal(range.status, 206)
    t.equal(range.headers.get('content-range'), `bytes 1000-4999/${bytes.length}`)
    t.ok(Buffer.from(await range.arrayBuffer()).equals(bytes.subarray(1000, 5000)))
    const beyond = await fetch(item.enclosure.url, { headers: { range: `bytes=${bytes.length}-` } })
    t.equal(beyond.status, 416)
    t.equal(beyond.headers.get('content-range'), `bytes */${bytes.length}`)

    const download = await fetch(audio.downloadUrl)
    t.match(download.headers.get('content-disposition'), /^attachment; filename="first-light\.mp3"/)
    t.equal(hash(await download.arrayBuffer()), hash(bytes))
  })

  await t.test('the pages show it, safely', async (t) => {
    const page = await (await fetch(pageUrl)).text()
    t.match(page, 'First light')
    t.match(page, '<strong>world</strong>')
    t.notMatch(page, '<script>alert')
    t.match(await (await fetch(show.pageUrl)).text(), 'First light')
  })

  await t.test('taken back, it is gone for strangers and from the feed', async (t) => {
    t.equal(
      (await expectJson<EpisodeView>(await program.api('DELETE', `/episodes/${episode.id}/publication`), 200)).state,
      'ready',
    )
    t.equal((await fetch(pageUrl)).status, 404)
    await eventually(20, async () => (await fetch(audio.url)).status === 404)
    await eventually(20, async () => parseFeed(await (await fetch(show.feedUrl)).text())?.items.length === 0)
  })

  t.equal(await program.stop(), 0, 'SIGTERM ends it cleanly')
}

const hash = (bytes: ArrayBuffer | Buffer) => createHash('sha256').update(new Uint8Array(bytes)).digest('hex')
