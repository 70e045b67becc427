import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t from 'tap'
import { ffmpegChildren } from '../fixtures/children.ts'
import { writeSparseWav } from '../fixtures/wav-file.ts'
import { eventually } from '../journey/program.ts'

const program = fileURLToPath(new URL('../fixtures/produce-audio.js', import.meta.url))
const isConfined = await promisify(execFile)('setpriv', [
  '--pdeathsig',
  'KILL',
  'prlimit',
  '--data=100000000',
  'true',
]).then(
  () => true,
  () => false,
)

t.test(
  'ffmpeg has bounded memory, low priority, and ends with a process that is killed',
  { skip: !isConfined && 'needs util-linux' },
  async (t) => {
    const source = path.join(t.testdir(), 'six hours.wav')
    await writeSparseWav(source, 6 * 3600, { sampleRateHz: 8000, bits: 8 })
    const node = spawn(process.execPath, [program, source], { stdio: 'ignore' })
    t.teardown(() => node.kill('SIGKILL'))
    const decoder = await decoderOf(node)
    t.ok(decoder.niceness >= 10, `niceness ${decoder.niceness}`)
    t.match(await readFile(`/proc/${decoder.pid}/limits`, 'utf8'), /Max data size +536870912 /)
    node.kill('SIGKILL')
    await once(node, 'exit')
    const killedAt = Date.now()
    await eventually(20, async () => !(await isRunning(decoder.pid)))
    t.comment(`gone ${Date.now() - killedAt} ms after`)
  },
)

/** The ffmpeg that is still there after a while, not one that only looks; it is told to stand back when it has been started. */
async function decoderOf({ pid }: ChildProcess) {
  return await eventually(20, async () => {
    const [first] = await ffmpegChildren(pid)
    await sleep(500)
    const [second] = await ffmpegChildren(pid)
    return first && first.pid === second?.pid && second.niceness > 0 && second
  })
}

/** One that is dead may stand in the list until somebody asks for its exit code. */
async function isRunning(pid: number): Promise<boolean> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  return line !== undefined && !/\) [ZX] /.test(line)
}
