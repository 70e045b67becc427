import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { FfmpegCommand } from 'fluent-ffmpeg'
import t, { type Test } from 'tap'
import { FfmpegFailed, runFfmpeg } from '../../../src/audio/ffmpeg/ffmpeg.ts'
import { ffmpegChildren } from '../../fixtures/children.ts'
import { makeRecording } from '../../fixtures/recordings.ts'
import { writeSparseWav } from '../../fixtures/wav-file.ts'
import { eventually } from '../../journey/program.ts'

const { signal } = new AbortController()

/** More than any machine encodes before it is stopped. */
async function sixHours(t: Test): Promise<string> {
  const source = path.join(t.testdir(), 'long.wav')
  await writeSparseWav(source, 6 * 3600, { sampleRateHz: 8000, bits: 8 })
  return source
}

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
  const source = await sixHours(t)
  const run = runFfmpeg({ path: source }, (command) => command.output(`${source}.mp3`), { signal, limitSeconds: 0.5 })
  await t.rejects(run, { name: 'FfmpegFailed', message: /more than 0.5 s/ })
})

t.test('a run that makes no sound is stopped', async (t) => {
  const source = path.join(t.testdir(), 'long.wav')
  await writeSparseWav(source, 30 * 3600, { sampleRateHz: 8000, bits: 8 })
  const silent = ['-af', 'aselect=0', '-f', 'f32le']
  const build = (command: FfmpegCommand) => command.output(`${source}.f32`).outputOptions(silent)
  await t.rejects(runFfmpeg({ path: source }, build, { signal, stallSeconds: 0.5 }), {
    name: 'FfmpegFailed',
    message: /stood still for 0.5 s/,
  })
})

t.test(
  'a run that was ended by somebody else, as a service manager does, says nothing about the recording',
  async (t) => {
    const source = await sixHours(t)
    const run = runFfmpeg({ path: source }, (command) => command.output(`${source}.mp3`), { signal })
    const ended = t.rejects(run, { message: 'ffmpeg was ended' })
    const { pid } = await eventually(20, async () => (await ffmpegChildren())[0])
    process.kill(pid, 'SIGTERM')
    await ended
  },
)

t.test('the container that is named is the one that is opened', async (t) => {
  const source = await makeRecording(t.testdir(), { kind: 'wav' })
  const run = runFfmpeg({ path: source, container: 'concat' }, (command) => command.output(`${source}.mp3`), { signal })
  await t.rejects(run, { name: 'FfmpegFailed' })
})
