import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { deprioritise } from '../ffmpeg/deprioritise.ts'

export type CommandOptions = Readonly<{
  environment: NodeJS.ProcessEnv
  /** The most that it may print on standard output; absent: what it prints there is thrown away. */
  mostBytes?: number
  signal: AbortSignal
  /** Hears each line of its standard error, the end of a very long one. */
  onLine(line: string): void
}>

export type CommandEnd = Readonly<{
  /** Null when a signal ended it. */
  exitCode: number | null
  endedBy: NodeJS.Signals | null
  /** What it printed; undefined when that was more than `mostBytes`, for which it was ended. */
  output: Buffer | undefined
}>

const graceMs = 250
const drainMs = 1_000
const longestLine = 1_000

/**
 * Runs a program, not a shell, at low priority and in a process group of its own, of which nothing is left afterwards. Rejects
 * with the signal's reason when it aborts, and with the system's error when the program cannot be started.
 */
export async function runCommand(words: readonly string[], options: CommandOptions): Promise<CommandEnd> {
  const { environment, mostBytes, signal, onLine } = options
  signal.throwIfAborted()
  const [program = '', ...args] = words
  const stdout = mostBytes === undefined ? 'ignore' : 'pipe'
  const child = spawn(program, args, { env: environment, stdio: ['ignore', stdout, 'pipe'], detached: true })
  deprioritise(child)
  const end = () => endGroup(child)
  const endAtOnce = () => signalGroup(child, 'SIGKILL')
  signal.addEventListener('abort', end)
  process.on('exit', endAtOnce)
  try {
    const output = keepOutput(child.stdout, mostBytes ?? 0, end)
    tellLines(child.stderr, onLine)
    const { exitCode, endedBy } = await whenGone(child)
    signal.throwIfAborted()
    return { exitCode, endedBy, output: output() }
  } finally {
    signal.removeEventListener('abort', end)
    process.off('exit', endAtOnce)
  }
}

/** Asks the group to end, and ends it when it does not listen. */
function endGroup(child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null) return
  signalGroup(child, 'SIGTERM')
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs)
  child.once('exit', () => clearTimeout(timer))
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // Nobody is left in it.
  }
}

/** Returns the way to what was printed, when it has ended. */
function keepOutput(stream: Readable | null, mostBytes: number, onFlood: () => void): () => Buffer | undefined {
  let chunks: Buffer[] = []
  let bytes = 0
  stream?.on('data', (chunk: Buffer) => {
    const wasFlooded = bytes > mostBytes
    bytes += chunk.length
    if (bytes <= mostBytes) chunks.push(chunk)
    else if (!wasFlooded) {
      chunks = []
      onFlood()
    }
  })
  return () => (bytes <= mostBytes ? Buffer.concat(chunks) : undefined)
}

/** Progress bars go back to the beginning of their line: that counts as its end. */
function tellLines(stream: Readable | null, onLine: (line: string) => void): void {
  let rest = ''
  stream?.setEncoding('utf8')
  stream?.on('data', (text: string) => {
    const lines = (rest + text).split(/[\r\n]+/)
    rest = (lines.pop() ?? '').slice(-longestLine)
    for (const line of lines) onLine(line.slice(-longestLine))
  })
  stream?.on('end', () => onLine(rest))
}

/** Resolves when the program and all that it left in its group have ended, and its pipes are read to their ends. */
function whenGone(child: ChildProcess): Promise<Pick<CommandEnd, 'exitCode' | 'endedBy'>> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', () => {
      signalGroup(child, 'SIGKILL')
      // What went into a group of its own may hold the pipes open for ever.
      setTimeout(() => [child.stdout, child.stderr].map((pipe) => pipe?.destroy()), drainMs).unref()
    })
    child.once('close', (exitCode, endedBy) => resolve({ exitCode, endedBy }))
  })
}
