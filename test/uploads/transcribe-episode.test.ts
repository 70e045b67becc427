import { readdir } from 'node:fs/promises'
import path from 'node:path'
import t, { type Test } from 'tap'
import type { Episode } from '../../src/shows/episode.ts'
import type { TranscriptionView } from '../../src/shows/text-schemas.ts'
import { endTranscription } from '../../src/uploads/transcription.ts'
import { databaseSettings } from '../engines/database-settings.ts'
import { giveAudio, publishedEpisode } from '../fixtures/published-episode.ts'
import { fakeCommand, isRunning, readPids } from '../fixtures/transcribers.ts'
import { eventually } from '../journey/program.ts'
import { openStation, type Station } from '../station.ts'

const vtt = { 'content-type': 'text/vtt' }
const humanVtt = 'WEBVTT\n\n00:00.000 --> 00:02.000\nBy hand.'

type Transcribing = Station & Readonly<{ episode: Episode; url: string; look(): Promise<TranscriptionView> }>

/** A published episode on a station with that command, and a worker. */
async function withCommand(t: Test, command: string, environment: Record<string, string> = {}): Promise<Transcribing> {
  const station = await openStation(t, { environment: { TRANSCRIBE_COMMAND: command, ...environment } })
  const episode = await publishedEpisode(station, await station.createShow({ language: 'de-AT' }))
  station.startWorking()
  const url = `/episodes/${episode.id}/transcription`
  const look = async () => (await station.api('GET', url)).json().transcription
  return { ...station, episode, url, look }
}

const ended = ({ look }: Transcribing) =>
  eventually(20, async () => {
    const transcription = await look()
    return !['waiting', 'transcribing'].includes(transcription.state) && transcription
  })

const transcriptOf = async ({ api, episode }: Transcribing) =>
  (await api('GET', `/episodes/${episode.id}/transcript`)).json()

async function transcribes(t: Test, environment: Record<string, string> = {}): Promise<void> {
  const station = await withCommand(t, fakeCommand('speak', '{audio}', '{language}'), environment)
  const { api, url, web, episode } = station
  t.match((await api('GET', url)).json(), { status: 404 }, 'nobody asked yet')
  t.match((await api('POST', url)).json(), { transcription: { state: 'waiting', progress: 0 } })
  t.same(await ended(station), { state: 'ready', progress: 1 })
  t.match(await transcriptOf(station), {
    segments: [{ speaker: 'Ada', startTime: 0, endTime: 2, body: '2400 bytes in de' }],
    language: 'de-AT',
    origin: 'transcriber',
    mayBeOff: false,
  })
  t.match((await api('GET', `/episodes/${episode.id}`)).json(), {
    transcript: { origin: 'transcriber', files: { length: 4 } },
    transcription: { state: 'ready' },
  })
  t.match((await web.inject(`/episodes/${episode.id}/transcript.vtt`)).body, '<v Ada>2400 bytes in de')
  t.equal((await api('DELETE', url)).statusCode, 204, 'there is nothing left to cancel')
  t.equal((await station.look()).state, 'ready')
  t.same(await readdir(path.join(station.app.config.home, 'tmp')), [], 'no scratch folder is left')
}

t.test('the served audio of an episode becomes its transcript, on PostgreSQL', async (t) => {
  await transcribes(t, await databaseSettings(t, 'PostgreSQL'))
})

t.test('and on SQLite', (t) => transcribes(t))

t.test('what cannot be transcribed is refused with a reason', async (t) => {
  const bare = await openStation(t)
  const published = await publishedEpisode(bare, await bare.createShow())
  const answer = await bare.api('POST', `/episodes/${published.id}/transcription`)
  t.match(answer.json(), { status: 409, detail: /no transcriber.*operator can set TRANSCRIBE_COMMAND/ })

  const { api, createShow, createEpisode } = await openStation(t, {
    environment: { TRANSCRIBE_COMMAND: 'whisper', LONGWAVE_HOME: path.join(t.testdirName, 'other') },
  })
  const draft = await createEpisode((await createShow()).id)
  const rows: [string, number, RegExp][] = [
    [draft.id, 409, /no audio yet/],
    ['nobody', 404, /no episode/],
  ]
  for (const [id, status, detail] of rows) {
    t.match((await api('POST', `/episodes/${id}/transcription`)).json(), { status, detail })
  }
  for (const method of ['GET', 'DELETE'] as const) {
    t.equal((await api(method, '/episodes/nobody/transcription')).statusCode, 404, method)
  }
  t.equal((await api('DELETE', `/episodes/${draft.id}/transcription`)).statusCode, 204, 'of none it is fine')
})

t.test(
  'a transcriber that fails, or gives no transcript, is told in a sentence and leaves the one that is there',
  async (t) => {
    const rows: [string, RegExp][] = [
      [fakeCommand('fail'), /^The transcriber of this station failed\. It ended with an error \(exit code 3\)/],
      [fakeCommand('html'), /cannot be used\. Line 1 of a WebVTT file must be WEBVTT/],
      [fakeCommand('empty'), /cannot be used\. There are no words/],
      ['/no/such/program {audio}', /could not be started/],
    ]
    for (const [index, [command, reason]] of rows.entries()) {
      const home = path.join(t.testdirName, String(index))
      const station = await withCommand(t, command, { LONGWAVE_HOME: home })
      const { api, url, episode } = station
      await api('PUT', `/episodes/${episode.id}/transcript`, humanVtt, vtt)
      t.equal((await api('POST', url)).statusCode, 202)
      t.match(await ended(station), { state: 'failed', reason })
      t.match(await transcriptOf(station), { origin: 'text/vtt' })
      const job = await station.app.db.selectFrom('job').select('id').where('lane', '=', 'slow').executeTakeFirst()
      t.equal(job, undefined, 'it is not tried again')
    }
  },
)

/** A station whose transcriber is in the middle of it, and never ends. */
async function inTheMiddle(t: Test): Promise<Transcribing & { pids: number[] }> {
  const file = path.join(t.testdir({}), 'pids')
  const station = await withCommand(t, fakeCommand('hang', file, '{audio}'))
  await station.api('POST', station.url)
  const pids = await eventually(20, () => readPids(file))
  await eventually(20, async () => (await station.look()).progress === 0.42)
  return { ...station, pids }
}

async function allGone(t: Test, pids: readonly number[]): Promise<void> {
  for (const pid of pids) await eventually(20, async () => !(await isRunning(pid)))
  t.pass('no process is left')
}

t.test('one that runs tells its progress, is not started twice, and is cancelled at once', async (t) => {
  const station = await inTheMiddle(t)
  const { api, url, look, pids, app } = station
  t.match(await look(), { state: 'transcribing', progress: 0.42 })
  t.match((await api('POST', url)).json(), { status: 409, detail: /being transcribed already/ })
  t.equal((await api('DELETE', url)).statusCode, 204)
  t.match(await look(), { state: 'cancelled', reason: 'It was cancelled.' })
  await allGone(t, pids)
  const left = () => readdir(path.join(app.config.home, 'tmp'))
  await eventually(20, async () => (await left()).length === 0)
  t.match((await api('POST', url)).json(), { transcription: { state: 'waiting' } }, 'it can be asked for again')
})

t.test('a transcript is not taken for other audio, nor in the place of one that somebody gave meanwhile', async (t) => {
  const changes: [RegExp, (station: Transcribing) => Promise<unknown>][] = [
    [/recording was replaced/, ({ app, episode }) => giveAudio(app, episode.id, { bytes: Buffer.alloc(3_000) })],
    [/was given meanwhile/, ({ api, episode }) => api('PUT', `/episodes/${episode.id}/transcript`, humanVtt, vtt)],
  ]
  for (const [reason, change] of changes) {
    await t.test(String(reason), async (t) => {
      const station = await inTheMiddle(t)
      await change(station)
      await allGone(t, station.pids)
      t.match(await ended(station), { state: 'cancelled', reason })
    })
  }
  await t.test('the episode was deleted', async (t) => {
    const station = await inTheMiddle(t)
    await station.api('DELETE', `/episodes/${station.episode.id}`)
    await allGone(t, station.pids)
    t.match((await station.api('POST', station.url)).json(), { status: 410 })
  })
})

t.test('it does not hold up the housekeeping; when the worker stops, the next one begins anew', async (t) => {
  const file = path.join(t.testdir({}), 'pids')
  const environment = { TRANSCRIBE_COMMAND: fakeCommand('hang', file, '{audio}') }
  const station = await openStation(t, { environment })
  const { app, api } = station
  const episode = await publishedEpisode(station, await station.createShow())
  await api('POST', `/episodes/${episode.id}/transcription`)
  const { startWorker } = await import('../../src/worker.ts')
  const worker = startWorker(app)
  const pids = await eventually(20, () => readPids(file))
  await app.jobs.enqueue('retag-show', { showId: episode.showId })
  const waiting = () => app.db.selectFrom('job').select('id').where('name', '=', 'retag-show').executeTakeFirst()
  await eventually(20, async () => (await waiting()) === undefined)

  await worker.stop()
  for (const pid of pids) t.notOk(await isRunning(pid))
  const job = await app.jobs.claim('slow', ['transcribe-episode'], { leaseSeconds: 30 })
  t.match(job, { attempt: 1 }, 'a stop is not counted as a try')
})

t.test('one that was cancelled while it waited does nothing', async (t) => {
  const file = path.join(t.testdir({}), 'pids')
  const station = await openStation(t, { environment: { TRANSCRIBE_COMMAND: fakeCommand('hang', file) } })
  const { app, api } = station
  const { id } = await publishedEpisode(station, await station.createShow())
  await api('POST', `/episodes/${id}/transcription`)
  await api('DELETE', `/episodes/${id}/transcription`)
  station.startWorking()
  const waiting = () => app.db.selectFrom('job').select('id').where('lane', '=', 'slow').executeTakeFirst()
  await eventually(20, async () => (await waiting()) === undefined)
  await t.rejects(readPids(file), { code: 'ENOENT' })
  const row = await app.db.selectFrom('transcription').select('id').executeTakeFirstOrThrow()
  t.equal(await endTranscription(app, app.db, row.id, 'failed', 'late'), false, 'what has ended stays as it is')
})
