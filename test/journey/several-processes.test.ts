import path from 'node:path'
import { parseFeed } from 'podcast-partytime'
import t from 'tap'
import type { UploadView } from '../../src/shows/schemas.ts'
import { startPostgres } from '../engines/postgres.ts'
import { demandS3 } from '../engines/s3.ts'
import { ffmpegChildren } from '../fixtures/children.ts'
import { ownFolder } from '../fixtures/own-folder.ts'
import { makeRecording } from '../fixtures/recordings.ts'
import { createEpisode, createShow, expectJson, publish, putAudio, uploadEnd } from './catalogue.ts'
import { eventually, type Program, startProgram } from './program.ts'
import { sendByTus, uploadIdOf } from './resumable.ts'

const guidsAt = async (url: string) => parseFeed(await (await fetch(url)).text())?.items.map((item) => item.guid) ?? []

/** Milliseconds until it is so; fails after 15 seconds. How long it takes is measured by the bench. */
async function timeUntil(isSo: () => Promise<boolean>): Promise<number> {
  const startedAt = performance.now()
  await eventually(15, isSo)
  return performance.now() - startedAt
}

/** The worker that has the recording, because its ffmpeg runs; where that cannot be seen, any. */
const encoding = (workers: readonly Program[]) =>
  eventually(20, async () => {
    const children = await Promise.all(workers.map(({ pid }) => ffmpegChildren(pid)))
    return process.platform === 'linux' ? workers[children.findIndex((own) => own.length > 0)] : workers[0]
  })

t.test('two web and two worker processes on PostgreSQL and S3', async (t) => {
  const s3 = await demandS3(t)
  if (!s3) return
  const postgres = await startPostgres()
  const folder = await ownFolder(t)
  const shared = {
    DATABASE_URL: await postgres.createDatabase(),
    SECRET_KEY: 'a secret key of some length, for tests',
    STORAGE_URL: s3.storageUrl('several-processes'),
    PUBLIC_URL: 'http://podcasts.example',
    ...s3.environment,
  }
  const start = (name: string, ROLE: string) =>
    // On one core the long recording is still being encoded when the worker is killed.
    startProgram(t, { ...shared, ROLE, ENCODE_THREADS: '1', LONGWAVE_HOME: path.join(folder, name) })
  const first = await start('web-1', 'web')
  const [second, ...workers] = await Promise.all([
    start('web-2', 'web'),
    start('worker-1', 'worker'),
    start('worker-2', 'worker'),
  ])
  const short = await makeRecording(folder, { kind: 'wav', seconds: 5, channels: 2, filename: 'short.wav' })
  const long = await makeRecording(folder, { kind: 'wav', seconds: 320, channels: 2, filename: 'long.wav' })
  const show = await createShow(first)
  const feed = (url: string) => `${url}/shows/${show.slug}/feed.xml`
  const ready = await createEpisode(first, show.id, { title: 'Ready', slug: 'ready' })
  await uploadEnd(second, (await putAudio(first, ready.id, short)).id)

  const travelling = await createEpisode(first, show.id, { title: 'Travelling', slug: 'travelling' })
  const sending = await sendByTus(first.url, travelling.id, long, { chunkSize: 8 * 1024 * 1024 })

  await t.test('a web process is killed while it receives: the client goes on with the other', async (t) => {
    await eventually(30, async () => sending.sentBytes() > 24_000_000)
    sending.done.catch(() => {})
    await first.kill()
    const url = `${second.url}/api/uploads/${uploadIdOf(sending.url())}`
    const resumed = await sendByTus(second.url, travelling.id, long, { chunkSize: 8 * 1024 * 1024, url })
    await resumed.done
    const upload = await expectJson<UploadView>(await second.api('GET', `/uploads/${uploadIdOf(url)}`), 200)
    t.notMatch(upload.state, 'failed')
  })
  const uploadId = uploadIdOf(sending.url())
  const revived = await start('web-1', 'web')

  await t.test('while a long recording is encoded, a publish reaches the feed of both', async (t) => {
    await eventually(30, async () => {
      const upload = await expectJson<UploadView>(await second.api('GET', `/uploads/${uploadId}`), 200)
      return upload.state === 'encoding' && upload.progress > 0.05
    })
    await publish(revived, ready.id)
    const times = await Promise.all(
      [revived.url, second.url].map((url) => timeUntil(async () => (await guidsAt(feed(url))).includes(ready.guid))),
    )
    t.comment(`publish -> feed: ${times.map(Math.round).join(' and ')} ms`)
  })

  await t.test('an unpublish at one is a 404 at the other, and out of its feed', async (t) => {
    const audio = `${second.url}/audio/${ready.id}/ready.mp3`
    const page = `${second.url}/shows/${show.slug}/episodes/ready`
    t.equal((await fetch(audio)).status, 200)
    await expectJson(await revived.api('DELETE', `/episodes/${ready.id}/publication`), 200)
    const times = await Promise.all([
      timeUntil(async () => (await fetch(audio)).status === 404),
      timeUntil(async () => (await fetch(page)).status === 404),
      timeUntil(async () => !(await guidsAt(feed(second.url))).includes(ready.guid)),
    ])
    t.comment(`unpublish -> 404 of audio, of the page, out of the feed: ${times.map(Math.round).join(', ')} ms`)
  })

  await t.test('a worker is killed while it encodes: the other finishes the job', async (t) => {
    const upload = await expectJson<UploadView>(await second.api('GET', `/uploads/${uploadId}`), 200)
    t.not(upload.state, 'ready', 'there is something left to do')
    await (await encoding(workers)).kill()
    await publish(second, travelling.id)
    t.match(await uploadEnd(second, uploadId, 90), { state: 'ready' })
    await eventually(15, async () => (await guidsAt(feed(revived.url))).includes(travelling.guid))
    const bytes = await fetch(`${revived.url}/audio/${travelling.id}/x.mp3`)
    t.equal((await bytes.arrayBuffer()).byteLength, Number(bytes.headers.get('content-length')))
  })

  await t.test('an episode scheduled for a moment appears then', async (t) => {
    const at = Date.now() + 3_000
    await publish(second, ready.id, new Date(at).toISOString())
    const isHeard = async () => (await fetch(`${second.url}/audio/${ready.id}/ready.mp3`)).status === 200
    const isListed = async () => (await guidsAt(feed(second.url))).includes(ready.guid)
    for (const isThere of [isHeard, isListed]) {
      await eventually(20, isThere)
      t.ok(Date.now() >= at, 'not before')
    }
  })

  for (const program of [revived, second]) t.equal(await program.stop(), 0)
  t.same((await Promise.all(workers.map((worker) => worker.stop()))).sort(), [0, null], 'one was killed')
  t.teardown(() => postgres.stop())
})
