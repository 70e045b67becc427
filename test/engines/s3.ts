import { execFile, execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { CreateBucketCommand } from '@aws-sdk/client-s3'
import type { Test } from 'tap'
import { parseConfig, type S3Location } from '../../src/core/config.ts'
import { createS3Client } from '../../src/platform/s3-client.ts'
import { temporary } from '../fixtures/temporary.ts'
import { freePorts } from './free-ports.ts'

const run = promisify(execFile)
const script = path.resolve('scripts/ceph.sh')
/** The script's own. */
const cephCredentials = {
  AWS_ACCESS_KEY_ID: 'longwavetestkey00001',
  AWS_SECRET_ACCESS_KEY: 'longwavetestsecret0000000000000000000001',
}
const cephPorts = 20

export type S3Engine = {
  /** What STORAGE_URL takes, for a prefix below the engine's own. */
  storageUrl(prefix?: string): string
  environment: { AWS_ACCESS_KEY_ID: string; AWS_SECRET_ACCESS_KEY: string }
  location(prefix: string): S3Location
  stop(): Promise<void>
}

/**
 * A real S3: the one that TEST_S3_URL names (as STORAGE_URL does, with the AWS_* credentials), else a Ceph that is started
 * here. Undefined where neither is possible.
 */
export async function startS3(): Promise<S3Engine | undefined> {
  const { TEST_S3_URL, AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' } = process.env
  if (TEST_S3_URL) return engineAt(TEST_S3_URL, { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY }, async () => {})
  return hasCeph() ? startCeph() : undefined
}

/** The same for a test that needs it: where there is none it says so loudly, and fails in CI. */
export async function demandS3(t: Test): Promise<S3Engine | undefined> {
  const engine = await startS3()
  if (engine) {
    t.teardown(() => engine.stop())
    return engine
  }
  const loud = 'S3 SUITES DID NOT RUN: install ceph-mon, ceph-osd and radosgw, or set TEST_S3_URL'
  process.stderr.write(`\n${loud}\n\n`)
  t.comment(loud)
  if (process.env.CI) t.fail(loud)
  else t.plan(0, loud)
  return undefined
}

function hasCeph(): boolean {
  try {
    for (const program of ['ceph-mon', 'ceph-osd', 'radosgw', 'ceph']) execFileSync('which', [program])
    return true
  } catch {
    return false
  }
}

async function startCeph(): Promise<S3Engine> {
  const folder = await mkdtemp(path.join(temporary, 'longwave-ceph-'))
  const { stdout } = await run(script, ['start', folder, String(await freePorts(cephPorts))])
  const endpoint = stdout.trim().split('\n').at(-1)
  const url = `s3://longwave-${randomUUID()}?${new URLSearchParams({ endpoint: String(endpoint), pathStyle: 'true' })}`
  const engine = engineAt(url, cephCredentials, async () => {
    await run(script, ['stop', folder])
  })
  const location = engine.location('')
  await createS3Client(location).send(new CreateBucketCommand({ Bucket: location.bucket }))
  return engine
}

function engineAt(base: string, environment: S3Engine['environment'], stop: () => Promise<void>): S3Engine {
  const storageUrl = (prefix = '') => {
    const url = new URL(base)
    url.pathname = path.posix.join('/', url.pathname, prefix)
    return url.href
  }
  return {
    storageUrl,
    environment,
    location: (prefix) => parseConfig({ STORAGE_URL: storageUrl(prefix), ...environment }).s3 as S3Location,
    stop,
  }
}
