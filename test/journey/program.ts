import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Test } from 'tap'
import { freePorts } from '../engines/free-ports.ts'

export const ownerToken = 'the-token-of-the-owner-in-tests'
/** How many times as long as usual a busy, slow machine may take for something. */
export const patience = 6
const startMs = 20_000 * patience

/** A running Longwave: the whole program in a process of its own. */
export type Program = Readonly<{
  url: string
  pid: number
  /** Milliseconds from the start to the first answer of /health/ready; 0 for a worker. */
  readyAfterMs: number
  output(): string
  /** Asks with the owner's token; the body is JSON when it is an object. */
  api(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>
  /** SIGKILL, at once. */
  kill(): Promise<void>
  /** SIGTERM, and waits for its end. Returns the exit code. */
  stop(): Promise<number | null>
}>

/** Starts the program with that environment and waits until it is ready. It ends with the test. */
export async function startProgram(t: Pick<Test, 'teardown'>, environment: Record<string, string>): Promise<Program> {
  const startedAt = performance.now()
  const port = environment.PORT ?? String(await freePort())
  const child = spawn(process.execPath, [path.resolve('dist/src/main.js')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      SEED: 'none',
      ADMIN_TOKEN: ownerToken,
      LOG_LEVEL: 'warn',
      // As `npm start` and the image have it.
      MALLOC_ARENA_MAX: '2',
      ...environment,
      PORT: port,
    },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal)
      await once(child, 'exit')
    }
    return child.exitCode
  }
  t.teardown(() => end('SIGKILL'))
  const url = `http://localhost:${port}`
  if (environment.ROLE !== 'worker') await ready(child, url, () => output)
  return {
    url,
    pid: child.pid ?? 0,
    readyAfterMs: performance.now() - startedAt,
    output: () => output,
    api: (method, where, body, headers = {}) =>
      fetch(`${url}/api${where}`, {
        method,
        headers: {
          authorization: `Bearer ${ownerToken}`,
          ...(isPlain(body) && { 'content-type': 'application/json' }),
          ...headers,
        },
        body: isPlain(body) ? JSON.stringify(body) : (body as RequestInit['body']),
        ...(body !== undefined && !isPlain(body) && { duplex: 'half' }),
      }),
    async kill() {
      await end('SIGKILL')
    },
    stop: () => end('SIGTERM'),
  }
}

/** Asks until the answer is there. It should be within `seconds`; it fails when it is not after several times as long. */
export async function eventually<T>(seconds: number, ask: () => Promise<T | undefined | false>): Promise<T> {
  for (const giveUpAt = Date.now() + seconds * patience * 1000; ; await sleep(50)) {
    const answer = await ask().catch((error) => {
      if (Date.now() > giveUpAt) throw error
    })
    if (answer) return answer
    if (Date.now() > giveUpAt) throw new Error(`nothing came of it within ${seconds * patience} s`)
  }
}

async function ready(child: ChildProcess, url: string, output: () => string): Promise<void> {
  for (const giveUpAt = Date.now() + startMs; ; await sleep(15)) {
    const isReady = await fetch(`${url}/health/ready`).then(
      (response) => response.ok,
      () => false,
    )
    if (isReady) return
    if (child.exitCode !== null || Date.now() > giveUpAt) throw new Error(`the program did not start:\n${output()}`)
  }
}

/** One that systems do not give out by themselves: another program of another test could be given it before this one has it. */
export const freePort = () => freePorts(1)

const isPlain = (body: unknown) =>
  typeof body === 'object' && body !== null && [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(body))
