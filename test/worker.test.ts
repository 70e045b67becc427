import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import t from 'tap'
import type { JobName } from '../src/core/jobs.ts'
import { findFeedDocument, newestOf } from '../src/feeds/feed-document.ts'
import { startWorker } from '../src/worker.ts'
import { freePorts } from './engines/free-ports.ts'
import { fakeClock } from './fixtures/fake-clock.ts'
import { makeRecording } from './fixtures/recordings.ts'
import { eventually } from './journey/program.ts'
import { openStation, type Station } from './station.ts'

/** A day ahead of the database: what is put off stays put off, so that its moment can be read. */
const tomorrow = () => fakeClock(Date.now() + 86_400_000)

const jobsOf = ({ app }: Station, name: JobName) =>
  app.db.selectFrom('job').selectAll().where('name', '=', name).orderBy('attempt').execute()

/** Has the waiting jobs of that name stand before that try, 1 being the first. */
const standBefore = (attempt: number, { app }: Station, name: JobName) =>
  app.db
    .updateTable('job')
    .set({ attempt: attempt - 1 })
    .where('name', '=', name)
    .where('attempt', '=', 0)
    .execute()

/** A file where a folder has to be: whoever needs that folder fails. */
async function blockFolder({ app }: Station, name: string): Promise<void> {
  await rm(path.join(app.config.home, name), { recursive: true, force: true })
  await writeFile(path.join(app.config.home, name), '')
}

t.test(
  'a job that throws is tried again later and later, five times, and is done when the trouble is over',
  async (t) => {
    const clock = tomorrow()
    const station = await openStation(t, { clock })
    const { app } = station
    const { id: showId } = await station.createShow()
    await app.db.deleteFrom('job').execute()
    for (const attempt of [5, 4, 3, 2, 1]) {
      await app.jobs.enqueue('publish-feed', { showId })
      await standBefore(attempt, station, 'publish-feed')
    }
    const ids = (await jobsOf(station, 'publish-feed')).map(({ id }) => id)
    const ours = async () => (await jobsOf(station, 'publish-feed')).filter(({ id }) => ids.includes(id))
    await sql`alter table feed_document rename to away`.execute(app.db)
    station.startWorking()
    const tried = await eventually(20, async () => {
      const jobs = await ours()
      return jobs.every(({ reason, leaseToken }) => reason !== null && leaseToken === null) && jobs
    })
    t.same(
      tried.map(({ attempt, runAt, failedAt }) => [attempt, failedAt === null ? runAt - clock.now() : 'given up']),
      [
        [1, 4_000],
        [2, 8_000],
        [3, 16_000],
        [4, 32_000],
        [5, 'given up'],
      ],
    )
    for (const { reason } of tried) t.match(reason, /feed_document/, 'the reason is kept')

    await sql`alter table away rename to feed_document`.execute(app.db)
    await app.db.updateTable('job').set({ runAt: 0 }).where('id', 'in', ids).execute()
    await eventually(20, async () => (await ours()).length === 1)
    t.match(await ours(), [{ attempt: 5 }], 'only the one that was given up is left')
    t.ok(await findFeedDocument(app.db, newestOf(showId)))
  },
)

t.test('trouble of the surroundings does not count as a try: it is waited out for a day', async (t) => {
  const clock = tomorrow()
  const bucket = `s3://away?endpoint=http://127.0.0.1:${await freePorts(1)}&region=none&pathStyle=true`
  const station = await openStation(t, {
    clock,
    environment: { STORAGE_URL: bucket, AWS_ACCESS_KEY_ID: 'nobody', AWS_SECRET_ACCESS_KEY: 'nothing' },
  })
  const { app } = station
  const minuteMs = 60_000
  for (const attempt of [5, 4, 3, 2]) {
    await app.jobs.enqueue('sweep-storage', {})
    await standBefore(attempt, station, 'sweep-storage')
  }
  for (const [attempt, minutes] of [
    [3, 1],
    [4, 120],
    [5, 24 * 60],
  ] as const) {
    const troubledSince = clock.now() - minutes * minuteMs
    await app.db
      .updateTable('job')
      .set({ troubledSince })
      .where('attempt', '=', attempt - 1)
      .execute()
  }
  const ids = (await jobsOf(station, 'sweep-storage')).map(({ id }) => id)
  station.startWorking()
  const tried = await eventually(15, async () => {
    const jobs = (await jobsOf(station, 'sweep-storage')).filter(({ id }) => ids.includes(id))
    return jobs.every(({ reason, leaseToken }) => reason !== null && leaseToken === null) && jobs
  })
  t.same(
    tried.map(({ attempt, runAt, failedAt }) => [attempt, failedAt === null ? runAt - clock.now() : 'given up']),
    [
      [1, 4_000],
      [2, minuteMs],
      [3, 5 * minuteMs],
      [5, 'given up'],
    ],
  )
  t.equal(tried[0]?.troubledSince, clock.now())
  for (const { reason } of tried) t.match(reason, /bucket does not answer/, 'the reason is kept')
})

t.test('an upload whose job is given up fails with a reason, whether it threw or died with its process', async (t) => {
  const station = await openStation(t, { clock: tomorrow() })
  const { id: showId } = await station.createShow()
  const wav = Buffer.concat([Buffer.from('RIFF\u0024\u0000\u0001\u0000WAVEfmt '), Buffer.alloc(60_000)])
  const uploads: string[] = []
  for (const attempt of [5, 6]) {
    const { id } = await station.createEpisode(showId)
    const answer = await station.api('PUT', `/episodes/${id}/audio`, wav, { 'x-filename': 'a.wav' })
    uploads.push(answer.json().upload.id)
    await standBefore(attempt, station, 'process-upload')
  }
  await blockFolder(station, 'tmp')
  station.startWorking()
  for (const id of uploads) {
    const upload = await eventually(20, async () => {
      const view = (await station.api('GET', `/uploads/${id}`)).json()
      return view.state === 'failed' && view
    })
    t.match(upload.reason, /several times.*Upload the recording again/)
  }
  const [threw, died] = await eventually(20, async () => {
    const jobs = await jobsOf(station, 'process-upload')
    return jobs.every(({ failedAt }) => failedAt !== null) && jobs
  })
  t.match([threw, died], [{ reason: /EEXIST|ENOTDIR/ }, { reason: 'the process died at each try' }])
})

t.test('a worker that is stopped hands its job on at once', async (t) => {
  const station = await openStation(t)
  const { app } = station
  const { id: showId } = await station.createShow()
  const { id } = await station.createEpisode(showId)
  const recording = await readFile(await makeRecording(app.config.home, { kind: 'wav', seconds: 300, channels: 2 }))
  const answer = await station.api('PUT', `/episodes/${id}/audio`, recording, { 'x-filename': 'long.wav' })
  const url = `/uploads/${answer.json().upload.id}`
  const worker = startWorker(app)
  await eventually(20, async () => (await station.api('GET', url)).json().state === 'encoding')
  await worker.stop()
  t.equal((await station.api('GET', url)).json().state, 'encoding', 'nobody is told of it')
  const next = await app.jobs.claim('heavy', ['process-upload'], { leaseSeconds: 30 })
  t.match(next, { name: 'process-upload', attempt: 1 }, 'and the try does not count')
})

t.test('jobs that recur come again, also after they were given up', async (t) => {
  const station = await openStation(t)
  const next = (name: JobName, givenUp: number) =>
    eventually(20, async () => {
      const jobs = await jobsOf(station, name)
      return jobs.length === givenUp + 1 && jobs.find(({ runAt }) => runAt > Date.now())
    })
  station.startWorking()
  const rows: [JobName, number][] = [
    ['sweep-incoming', 15 * 60_000],
    ['sweep-storage', 24 * 3_600_000],
    ['sweep-jobs', 24 * 3_600_000],
  ]
  for (const [name, distanceMs] of rows) {
    const { key, attempt, runAt } = await next(name, 0)
    t.same({ key, attempt }, { key: name, attempt: 0 })
    t.ok(Math.abs(runAt - Date.now() - distanceMs) < 30_000, `${name} comes again when it is time`)
  }
  await blockFolder(station, 'incoming')
  await standBefore(5, station, 'sweep-incoming')
  await station.app.db.updateTable('job').set({ runAt: 0 }).where('name', '=', 'sweep-incoming').execute()
  t.match(await next('sweep-incoming', 1), { key: 'sweep-incoming', attempt: 0, failedAt: null })
  t.match((await jobsOf(station, 'sweep-incoming')).at(-1), { attempt: 5, reason: /ENOTDIR/ })
})

t.test('jobs that recur begin as soon as they can, where the first moment was a bad one', async (t) => {
  const station = await openStation(t, { clock: tomorrow() })
  const { db } = station.app
  await sql`alter table job rename to away`.execute(db)
  station.startWorking()
  await sleep(300)
  await sql`alter table away rename to job`.execute(db)
  await eventually(20, async () => (await jobsOf(station, 'sweep-jobs')).length === 1)
  t.equal((await jobsOf(station, 'sweep-storage')).length, 1)
})

t.test('what was given up is kept for thirty days', async (t) => {
  const clock = fakeClock(Date.now() + 30 * 86_400_000)
  const station = await openStation(t, { clock })
  const { app } = station
  for (const showId of ['old', 'young']) {
    await app.jobs.enqueue('publish-feed', { showId })
    const job = await app.jobs.claim('light', ['publish-feed'], { leaseSeconds: 30 })
    if (job) await app.jobs.fail(job, showId)
  }
  const anHourOlder = sql<number>`failed_at - 3600000`
  await app.db.updateTable('job').set({ failedAt: anHourOlder }).where('reason', '=', 'old').execute()
  clock.turnTo(clock.now() - 60_000)
  station.startWorking()
  const left = await eventually(20, async () => {
    const jobs = await jobsOf(station, 'publish-feed')
    return jobs.length === 1 && jobs
  })
  t.match(left, [{ reason: 'young' }])
})
