/**
 * Runs the tests: `node dist/scripts/test.js [files]`. Starts one PostgreSQL and, where it is installed, one Ceph for all of them,
 * and ends both. What failed is said again at the end; the last line is `N passed, N failed`.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { startPostgres } from '../test/engines/postgres.ts'
import { startS3 } from '../test/engines/s3.ts'
import { makeTemplates } from '../test/engines/templates.ts'
import { listFailures } from './list-failures.ts'

type Stoppable = { stop(): Promise<void> }
type TestRun = Readonly<{ exitCode: number; output: string }>

async function main(files: readonly string[]): Promise<number> {
  const started: Stoppable[] = []
  const interrupted = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort())
  try {
    const postgres = await startPostgres()
    started.push(postgres)
    const s3 = await startS3()
    if (s3) started.push(s3)
    else process.stderr.write('\nS3 SUITES DO NOT RUN: there is no radosgw here, and no TEST_S3_URL\n\n')
    const shared = await mkdtemp(path.join(os.tmpdir(), 'longwave-shared-'))
    started.push({ stop: () => rm(shared, { recursive: true, force: true }) })
    const environment = {
      ...(await makeTemplates(shared, postgres)),
      TEST_RECORDINGS: shared,
      TEST_DATABASE_URL: postgres.url,
      ...(s3 && { TEST_S3_URL: s3.storageUrl(), ...s3.environment }),
    }
    return report(await runTests(files, environment, interrupted.signal))
  } finally {
    await Promise.all(started.map((engine) => engine.stop()))
  }
}

/** Runs the files and shows what they say; returns the exit code and their words. */
async function runTests(files: readonly string[], environment: object, signal: AbortSignal): Promise<TestRun> {
  const run = spawn(process.execPath, ['dist/scripts/run-tests.js', ...(files.length > 0 ? files : await allTests())], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
    // So that it can be ended with all that it started.
    detached: true,
  })
  signal.addEventListener('abort', () => run.pid && process.kill(-run.pid, 'SIGTERM'))
  let output = ''
  run.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
    process.stdout.write(text)
  })
  const [exitCode] = await once(run, 'close')
  return { exitCode: exitCode ?? 1, output }
}

async function allTests(): Promise<string[]> {
  const files = await readdir('dist/test', { recursive: true })
  return files
    .filter((file) => file.endsWith('.test.js'))
    .sort()
    .map((file) => path.join('dist/test', file))
}

/** Says what failed once more, and counts from TAP's own total. A run without a total, or without a test, is a failed one. */
function report({ exitCode, output }: TestRun): number {
  const totals = [...output.matchAll(/^# \{ total: (\d+), pass: (\d+)(?:, fail: (\d+))?/gm)].at(-1)
  const passed = Number(totals?.[2] ?? 0)
  const failed = Number(totals?.[3] ?? 0)
  const isGood = exitCode === 0 && passed > 0 && failed === 0
  process.stdout.write(
    listFailures(output)
      .map((failure) => `\n${failure}`)
      .join(''),
  )
  process.stdout.write(`\n${passed} passed, ${isGood ? 0 : Math.max(failed, 1)} failed\n`)
  return isGood ? 0 : 1
}

process.exitCode = await main(process.argv.slice(2))
