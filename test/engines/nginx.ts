import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Test } from 'tap'
import { temporary } from '../fixtures/temporary.ts'
import { eventually } from '../journey/program.ts'
import { freePorts } from './free-ports.ts'

/** A port for an nginx that a test needs; where there is none it says so loudly, and fails in CI. */
export async function demandNginx(t: Test): Promise<number | undefined> {
  if (hasNginx()) return freePorts(1)
  const loud = 'TESTS BEHIND NGINX DID NOT RUN: install nginx-light'
  process.stderr.write(`\n${loud}\n\n`)
  if (process.env.CI) t.fail(loud)
  else t.comment(loud)
  return undefined
}

/** A real nginx with that `http` block, as any user, in a folder of its own. It ends with the test. */
export async function startNginx(t: Test, port: number, http: string): Promise<void> {
  const folder = await mkdtemp(path.join(temporary, 'longwave-nginx-'))
  await mkdir(path.join(folder, 'tmp'))
  await writeFile(path.join(folder, 'nginx.conf'), configuration(http))
  const child = spawn('nginx', ['-p', folder, '-c', 'nginx.conf'], { stdio: 'ignore' })
  t.teardown(async () => {
    child.kill('SIGTERM')
    if (child.exitCode === null) await once(child, 'exit')
    await rm(folder, { recursive: true, force: true })
  })
  await eventually(20, () => isThere(child, port, path.join(folder, 'error.log')))
}

function hasNginx(): boolean {
  try {
    execFileSync('which', ['nginx'])
    return true
  } catch {
    return false
  }
}

async function isThere(child: ChildProcess, port: number, log: string): Promise<boolean> {
  if (child.exitCode !== null) throw new Error(`nginx did not start:\n${await readFile(log, 'utf8')}`)
  return fetch(`http://127.0.0.1:${port}/health/live`).then(
    () => true,
    () => false,
  )
}

/** Started by root, its worker would else be somebody who may not read the tests' folders. */
const configuration = (http: string) => `
daemon off; worker_processes 1; pid nginx.pid; error_log error.log warn; ${process.getuid?.() === 0 ? 'user root;' : ''}
events { worker_connections 256; }
http {
  access_log off;
  client_body_temp_path tmp/b; proxy_temp_path tmp/p; fastcgi_temp_path tmp/f; uwsgi_temp_path tmp/u; scgi_temp_path tmp/s;
  ${http}
}
`
