import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { ownFolder } from '../fixtures/own-folder.ts'
import { createShow } from './catalogue.ts'
import { eventually, freePort, startProgram } from './program.ts'

t.test('web and worker that start at the same moment on a new home both come up', async (t) => {
  const home = path.join(await ownFolder(t), 'home')
  const [web, worker] = await Promise.all([
    startProgram(t, { LONGWAVE_HOME: home, ROLE: 'web' }),
    startProgram(t, { LONGWAVE_HOME: home, ROLE: 'worker' }),
  ])
  await createShow(web)
  t.equal(await worker.stop(), 0)
  t.equal(await web.stop(), 0)
})

t.test('a first start that is killed at any moment leaves a home that starts', async (t) => {
  const folder = await ownFolder(t)
  for (const [index, afterMs] of [250, 400, 550, 700].entries()) {
    const home = path.join(folder, `home-${index}`)
    const environment = { PATH: process.env.PATH, LONGWAVE_HOME: home, PORT: String(await freePort()), SEED: 'none' }
    const first = spawn(process.execPath, ['dist/src/main.js'], { env: environment, stdio: 'ignore' })
    await sleep(afterMs)
    first.kill('SIGKILL')
    await once(first, 'exit')
    const second = await startProgram(t, { LONGWAVE_HOME: home })
    t.ok(await createShow(second), `killed after ${afterMs} ms`)
    await second.stop()
  }
})

t.test('a start that fails because its port is taken does not use up the token that is shown once', async (t) => {
  const folder = await ownFolder(t)
  const port = String(await freePort())
  const other = await startProgram(t, { LONGWAVE_HOME: path.join(folder, 'other'), PORT: port })
  const start = async (freed: string) => {
    const environment = { PATH: process.env.PATH, LONGWAVE_HOME: path.join(folder, 'new'), SEED: 'none', PORT: freed }
    const child = spawn(process.execPath, ['dist/src/main.js'], { env: environment })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    t.teardown(() => child.kill('SIGKILL'))
    await eventually(20, async () => child.exitCode !== null || output.includes('Sign in'))
    return { output, child }
  }
  const refused = await start(port)
  t.match(refused.output, /EADDRINUSE/)
  await other.stop()
  const { output, child } = await start(port)
  t.match(output, /shown only now/)
  child.kill('SIGTERM')
  await once(child, 'exit')
})
