import type { ChildProcess } from 'node:child_process'
import createCommand, { type FfmpegCommand } from 'fluent-ffmpeg'
import { findBinaries } from './binaries.ts'
import { confine, isCrash } from './confine.ts'
import { deprioritise } from './deprioritise.ts'
import { type StrangersFile, safeInput } from './safe-input.ts'
import { watchRun } from './watch-run.ts'

/** A stranger's file, or files of our own that hold interleaved 32-bit floats. */
export type Source = StrangersFile | Readonly<{ samples: readonly string[]; channels: number; sampleRateHz: number }>

export type { FfmpegCommand }

type Options = Readonly<{
  signal: AbortSignal
  /** Called about twice a second with the seconds of output made so far. */
  onProgress?(seconds: number): void
  /** Wall-clock time after which the run is stopped. */
  limitSeconds?: number
  /** The same, without any sound being made. */
  stallSeconds?: number
  /** Of the process, where it is to stand back behind other ffmpegs too. */
  niceness?: number
}>

/** ffmpeg looked at its input and gave up, or took too long; `cause` has the end of what it printed: for the log only. */
export class FfmpegFailed extends Error {
  override readonly name = 'FfmpegFailed'
}

const tailLines = 20
/** Its exit code after SIGTERM or SIGINT. */
const politeEnd = 255
/** A 24-hour recording takes 40 minutes of a processor that decodes 36 times as fast as it plays, and there are slower ones. */
const longestRunSeconds = 6 * 3600
/** Even a slow and busy machine makes some sound in that time. */
const longestStallSeconds = 5 * 60

/**
 * Runs ffmpeg at low priority on one source; `build` adds the outputs. Rejects with the signal's reason when it aborts, and
 * with `FfmpegFailed`; in both cases the child is gone by then.
 */
export async function runFfmpeg(
  source: Source,
  build: (command: FfmpegCommand) => void,
  { signal, onProgress, limitSeconds = longestRunSeconds, stallSeconds = longestStallSeconds, niceness }: Options,
): Promise<void> {
  const command = await openSource(source)
  build(command)
  signal.throwIfAborted()
  const watch = watchRun({ limitSeconds, stallSeconds })
  const onSeconds = (seconds: number) => {
    watch.saw(seconds)
    onProgress?.(seconds)
  }
  try {
    await run(command, { stop: AbortSignal.any([signal, watch.signal]), onSeconds, niceness })
  } catch (cause) {
    signal.throwIfAborted()
    throw watch.signal.aborted
      ? new FfmpegFailed(`ffmpeg was stopped: ${watch.signal.reason.message}`, { cause })
      : cause
  } finally {
    watch.end()
  }
}

async function openSource(source: Source): Promise<FfmpegCommand> {
  const { ffmpeg } = await findBinaries()
  const quiet = ['-hide_banner', '-loglevel', 'warning', '-nostats', '-progress', 'pipe:2']
  const limit = ['-timelimit', String(longestRunSeconds)]
  if ('path' in source) {
    const { options, url } = safeInput(source)
    return startedAs(await confine(ffmpeg), createCommand(url)).inputOptions('-nostdin', ...quiet, ...limit, ...options)
  }
  const { samples, channels, sampleRateHz } = source
  const form = ['-f', 'f32le', '-ar', String(sampleRateHz), '-ac', String(channels)]
  // Otherwise each of several inputs is read by a thread of its own, and handing the samples over takes a tenth of the encode.
  const unqueued = ['-thread_queue_size', '0']
  const command = startedAs(await confine(ffmpeg), createCommand())
  for (const file of samples)
    command.input(`file:${file}`).inputOptions('-nostdin', ...quiet, ...limit, ...unqueued, ...form)
  return command
}

/** fluent-ffmpeg knows a program only; this, which is not in its types, is where it starts it. */
function startedAs([program, ...options]: readonly [string, ...string[]], command: FfmpegCommand): FfmpegCommand {
  const inner = command as unknown as { _spawnFfmpeg(args: readonly string[], ...rest: unknown[]): void }
  const spawn = inner._spawnFfmpeg.bind(command)
  inner._spawnFfmpeg = (args, ...rest) => spawn([...options, ...args], ...rest)
  return command.setFfmpegPath(program)
}

type Running = Readonly<{ stop: AbortSignal; onSeconds(seconds: number): void; niceness: number | undefined }>

function run(command: FfmpegCommand, { stop, onSeconds, niceness }: Running): Promise<void> {
  const tail: string[] = []
  let child: ChildProcess | undefined
  const kill = () => child?.kill('SIGKILL')
  stop.addEventListener('abort', kill, { once: true })

  return new Promise((resolve, reject) => {
    command.on('start', () => {
      child = childOf(command)
      deprioritise(child, niceness)
      if (stop.aborted) kill()
    })
    // Not 'progress': for that, fluent-ffmpeg would run an ffprobe of its own, without the safe options.
    command.on('stderr', (line: string) => {
      const seconds = parseProgress(line)
      if (seconds !== undefined) onSeconds(seconds)
      if (!/^\w+=/.test(line)) keepLast(tail, line)
    })
    command.on('end', () => resolve())
    command.on('error', (error: Error) => {
      const cause = new Error([error.message, ...tail].join('\n'))
      reject(
        isVerdict(child) ? new FfmpegFailed('ffmpeg gave up', { cause }) : new Error('ffmpeg was ended', { cause }),
      )
    })
    command.run()
  })
}

/** Otherwise somebody ended it (out of memory, shutdown): that says nothing about the recording. */
function isVerdict(child: ChildProcess | undefined): boolean {
  if (isCrash(child?.signalCode)) return true
  return typeof child?.exitCode === 'number' && child.exitCode !== politeEnd
}

/** Not in the types, but set before 'start' is emitted, and the only way to the process. */
const childOf = (command: FfmpegCommand) => (command as unknown as { ffmpegProc?: ChildProcess }).ffmpegProc

function keepLast(tail: string[], line: string): void {
  tail.push(line.slice(0, 500))
  if (tail.length > tailLines) tail.shift()
}

/** `out_time=00:01:02.500000` -> 62.5; other reports, `N/A` and times before the start are undefined. */
function parseProgress(line: string): number | undefined {
  const time = /^out_time=(\d+):(\d+):([\d.]+)/.exec(line)
  return time ? Number(time[1]) * 3600 + Number(time[2]) * 60 + Number(time[3]) : undefined
}
