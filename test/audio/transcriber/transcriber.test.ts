import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import t, { type Test } from 'tap'
import { runTranscriber, TranscriberFailed } from '../../../src/audio/transcriber/transcriber.ts'
import { fakeTranscriber, isRunning, readPids } from '../../fixtures/transcribers.ts'
import { eventually } from '../../journey/program.ts'

const secrets = ['ADMIN_TOKEN', 'SECRET_KEY', 'SECRET_KEY_FILE', 'DATABASE_URL', 'AWS_SECRET_ACCESS_KEY']

type Some = Partial<Parameters<typeof runTranscriber>[1]>

async function transcribe(t: Test, command: string[], some: Some = {}): Promise<string> {
  const home = t.testdir()
  const audio = path.join(home, "it's audio.mp3")
  const folder = path.join(home, 'workshop')
  await writeFile(audio, 'x'.repeat(1234))
  await mkdir(folder, { recursive: true })
  const { signal } = new AbortController()
  const bytes = await runTranscriber(command, { audio, folder, language: 'de-AT', signal, onProgress() {}, ...some })
  return bytes.toString()
}

t.test('a program is given the audio and the language, and tells its progress', async (t) => {
  const told: number[] = []
  const onProgress = (fraction: number) => told.push(fraction)
  t.match(await transcribe(t, fakeTranscriber('speak', '{audio}', '{language}'), { onProgress }), '1234 bytes in de')
  t.same(told, [0.1, 0.55])
  t.match(await transcribe(t, fakeTranscriber('speak')), '1234 bytes in ', 'the audio comes last where it is not named')
})

t.test('what it writes is found where programs write', async (t) => {
  const rows: [string[], RegExp][] = [
    [['file', '{output}'], /in a file$/m],
    [['suffixed', '{output}'], /with a suffix/],
    [['folder', '{output}', '{audio}'], /in a folder/],
    [['chatter', '{output}'], /after much chatter/],
  ]
  for (const [args, words] of rows) t.match(await transcribe(t, fakeTranscriber(...args)), words)
})

t.test('a program that fails is told in a sentence, and its last words for the log', async (t) => {
  const rows: [string[], RegExp, RegExp?][] = [
    [fakeTranscriber('fail'), /exit code 3/, /^the model is missing$/],
    [fakeTranscriber('crash'), /SIGHUP/],
    [fakeTranscriber('flood'), /printed more than 10 MiB/],
    [fakeTranscriber('largeFile', '{output}'), /wrote more than 10 MiB/],
    [fakeTranscriber('nothing', '{output}'), /wrote nothing to \{output\}/],
    [['/no/such/program'], /could not be started.*TRANSCRIBE_COMMAND/, /ENOENT/],
    [[t.testdirName], /could not be started/, /EACCES|ENOENT/],
  ]
  for (const [command, message, cause = /^/] of rows) {
    const error = await transcribe(t, command).catch((error) => error)
    t.type(error, TranscriberFailed)
    t.match(error.message, message)
    t.match(error.cause.message, cause)
  }
})

t.test('one that was ended from outside is no failure of its own', async (t) => {
  await t.rejects(transcribe(t, fakeTranscriber('killed')), { name: 'Error', message: /ended by SIGKILL/ })
})

t.test('it does not see the secrets of the station, and has a folder for temporary files', async (t) => {
  for (const name of secrets) process.env[name] = 'secret'
  t.teardown(() => {
    for (const name of secrets) delete process.env[name]
  })
  const names = (await transcribe(t, fakeTranscriber('environment'))).split(/\s/)
  for (const name of secrets) t.notOk(names.includes(name), name)
  for (const name of ['PATH', 'TMPDIR']) t.ok(names.includes(name), name)
})

t.test('when it is cancelled, or takes too long, nothing of it is left', async (t) => {
  const file = path.join(t.testdir({}), 'pids')
  const cancel = new AbortController()
  const running = transcribe(t, fakeTranscriber('hang', file), { signal: cancel.signal })
  const pids = await eventually(20, () => readPids(file))
  if (process.platform === 'linux') {
    const [, fields = ''] = /\) (.*)/s.exec(await readFile(`/proc/${pids[0]}/stat`, 'utf8')) ?? []
    t.ok(Number(fields.split(' ')[16]) >= 10, 'it stands back behind what listeners wait for')
  }
  cancel.abort(new Error('cancelled by the podcaster'))
  await t.rejects(running, { message: 'cancelled by the podcaster' })
  for (const pid of pids) t.notOk(await isRunning(pid))

  const late = path.join(t.testdirName, 'late')
  await t.rejects(transcribe(t, fakeTranscriber('hang', late), { limitSeconds: 1 }), /was stopped after/)
  for (const pid of await readPids(late)) t.notOk(await isRunning(pid))
})

t.test('what it leaves behind does not hold up its result, and is ended', async (t) => {
  const file = path.join(t.testdir({}), 'pids')
  t.match(await transcribe(t, fakeTranscriber('leave', file)), 'left a companion')
  for (const pid of await readPids(file)) await eventually(20, async () => !(await isRunning(pid)))

  const daemon = path.join(t.testdirName, 'daemon')
  t.match(await transcribe(t, fakeTranscriber('daemon', daemon)), 'left a daemon')
  const [, pid = 0] = await readPids(daemon)
  process.kill(pid, 'SIGKILL')
})

t.test('what was cancelled before it began does nothing', async (t) => {
  const signal = AbortSignal.abort(new Error('too late'))
  await t.rejects(transcribe(t, ['/no/such/program'], { signal }), { message: 'too late' })
})
