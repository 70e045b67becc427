import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import t from 'tap'
import { FfmpegFailed, runFfmpeg } from '../../../src/audio/ffmpeg/ffmpeg.ts'
import { makeRecording } from '../../fixtures/recordings.ts'

const { signal } = new AbortController()

t.test('what ffmpeg printed is in the cause, for the log, and not in the message', async (t) => {
  const folder = t.testdir()
  const source = path.join(folder, 'secret-name.wav')
  await writeFile(source, 'RIFF')
  const error = await runFfmpeg({ path: source }, (command) => command.output(`${source}.mp3`), { signal }).catch(
    (error) => error,
  )
  t.type(error, FfmpegFailed)
  t.notMatch(error.message, /secret-name/)
  t.match((error.cause as Error).message, /secret-name.*: Invalid data found/)
})

t.test('a run that takes too long is stopped', async (t) => {
  const source = await makeRecording(t.testdir(), { kind: 'wav8bit', seconds: 3600, sampleRateHz: 8000 })
  const startedAt = Date.now()
  const run = runFfmpeg({ path: source }, (command) => command.output(`${source}.mp3`), { signal, limitSeconds: 0.5 })
  await t.rejects(run, { name: 'FfmpegFailed', message: /more than 0.5 s/ })
  t.ok(Date.now() - startedAt < 2000)
})

t.test('the container that is named is the one that is opened', async (t) => {
  const source = await makeRecording(t.testdir(), { kind: 'wav' })
  const run = runFfmpeg({ path: source, container: 'concat' }, (command) => command.output(`${source}.mp3`), { signal })
  await t.rejects(run, { name: 'FfmpegFailed' })
})
