/**
 * Runs the tests: `node dist/scripts/test.js [files]`. Starts one PostgreSQL and, where it is installed, one Ceph for all of them,
 * and ends both. The last line is `N passed, N failed`.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { startPostgres } from '../test/engines/postgres.ts'
import { startS3 } from '../test/engines/s3.ts'

type Stoppable = { stop(): Promise<void> }
type TapRun = Readonly<{ exitCode: number; output: string }>

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
    const environment = {
      TEST_DATABASE_URL: postgres.url,
      ...(s3 && { TEST_S3_URL: s3.storageUrl(), ...s3.environment }),
    }
    return report(await runTap(files, environment, interrupted.signal))
  } finally {
    await Promise.all(started.map((engine) => engine.stop()))
  }
}

/** Runs tap and shows what it says; returns its exit code and its words. */
async function runTap(files: readonly string[], environment: object, signal: AbortSignal): Promise<TapRun> {
  // Without it, the first run on a fresh machine still has the plugins that .taprc takes away.
  await once(spawn('npx', ['tap', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] }), 'exit')
  const tap = spawn('npx', ['tap', ...files], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  })
  signal.addEventListener('abort', () => tap.kill('SIGTERM'))
  let output = ''
  tap.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
    process.stdout.write(text)
  })
  const [exitCode] = await once(tap, 'close')
  return { exitCode: exitCode ?? 1, output }
}

/** Counts from TAP's own total. A run without a total, or without a test, is a failed one. */
function report({ exitCode, output }: TapRun): number {
  const totals = [...output.matchAll(/^# \{ total: (\d+), pass: (\d+)(?:, fail: (\d+))?/gm)].at(-1)
  const passed = Number(totals?.[2] ?? 0)
  const failed = Number(totals?.[3] ?? 0)
  const isGood = exitCode === 0 && passed > 0 && failed === 0
  process.stdout.write(`\n${passed} passed, ${isGood ? 0 : Math.max(failed, 1)} failed\n`)
  return isGood ? 0 : 1
}

process.exitCode = await main(process.argv.slice(2))
