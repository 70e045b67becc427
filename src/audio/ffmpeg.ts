import type { ChildProcess } from 'node:child_process'
import type { Readable } from 'node:stream'
import createCommand, { type FfmpegCommand } from 'fluent-ffmpeg'
import { findBinaries } from './binaries.ts'
import { deprioritise } from './deprioritise.ts'
import { safeInput } from './safe-input.ts'

/** A stranger's file, opened with the demuxer that the probe named; or interleaved 32-bit floats of our own. */
export type Source =
  | Readonly<{ path: string; container?: string }>
  | Readonly<{ samples: Readable; channels: number; sampleRateHz: number }>

type Options = Readonly<{
  signal: AbortSignal
  /** Called about twice a second with the seconds of output made so far. */
  onProgress?(seconds: number): void
  /** Wall-clock time after which the run is stopped. */
  limitSeconds?: number
}>

/** ffmpeg looked at its input and gave up, or took too long; `cause` has the end of what it printed: for the log only. */
export class FfmpegFailed extends Error {
  override readonly name = 'FfmpegFailed'
}

const tailLines = 20
/** Read from a pipe at a time: the default, 4 KB, costs a fortieth of an encode. */
const pipeBytes = String(256 * 1024)
/** Of processor time, in seconds, and of memory in one piece: what an honest recording never needs. */
const limits = ['-timelimit', '7200', '-max_alloc', String(512 * 1024 ** 2)]

/**
 * Runs ffmpeg at low priority on one source; `build` adds the outputs. Rejects with the signal's reason when it aborts, and
 * with `FfmpegFailed`; in both cases the child is gone by then.
 */
export async function runFfmpeg(
  source: Source,
  build: (command: FfmpegCommand) => void,
  { signal, onProgress, limitSeconds = 2 * 3600 }: Options,
): Promise<void> {
  const command = await openSource(source)
  build(command)
  signal.throwIfAborted()
  const deadline = AbortSignal.timeout(limitSeconds * 1000)
  try {
    await run(command, AbortSignal.any([signal, deadline]), onProgress)
  } catch (cause) {
    signal.throwIfAborted()
    throw deadline.aborted ? new FfmpegFailed(`ffmpeg ran for more than ${limitSeconds} s`, { cause }) : cause
  }
}

async function openSource(source: Source): Promise<FfmpegCommand> {
  const { ffmpeg } = await findBinaries()
  const quiet = ['-hide_banner', '-loglevel', 'warning', '-nostats', '-progress', 'pipe:2', ...limits]
  if ('path' in source) {
    const { options, url } = safeInput(source.path, source.container)
    return createCommand(url)
      .setFfmpegPath(ffmpeg)
      .inputOptions('-nostdin', ...quiet, ...options)
  }
  const { samples, channels, sampleRateHz } = source
  return createCommand(samples)
    .setFfmpegPath(ffmpeg)
    .inputOptions(
      ...quiet,
      '-blocksize',
      pipeBytes,
      '-f',
      'f32le',
      '-ar',
      String(sampleRateHz),
      '-ac',
      String(channels),
    )
}

function run(command: FfmpegCommand, stop: AbortSignal, onProgress?: (seconds: number) => void): Promise<void> {
  const tail: string[] = []
  let child: ChildProcess | undefined
  const kill = () => child?.kill('SIGKILL')
  stop.addEventListener('abort', kill, { once: true })

  return new Promise((resolve, reject) => {
    command.on('start', () => {
      child = childOf(command)
      deprioritise(child)
      if (stop.aborted) kill()
    })
    // Not 'progress': for that, fluent-ffmpeg would run an ffprobe of its own, without the safe options.
    command.on('stderr', (line: string) => {
      const seconds = parseProgress(line)
      if (seconds !== undefined) onProgress?.(seconds)
      if (!/^\w+=/.test(line)) keepLast(tail, line)
    })
    command.on('end', () => resolve())
    command.on('error', (error: Error) => {
      const cause = new Error([error.message, ...tail].join('\n'))
      // Without an exit code it was killed (out of memory, shutdown): that says nothing about the recording.
      const gaveUp = typeof child?.exitCode === 'number'
      reject(gaveUp ? new FfmpegFailed('ffmpeg gave up', { cause }) : new Error('ffmpeg was ended', { cause }))
    })
    command.run()
  })
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
