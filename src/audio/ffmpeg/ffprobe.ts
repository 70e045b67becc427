import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { findBinaries } from './binaries.ts'
import { confine, isCrash } from './confine.ts'
import { deprioritise } from './deprioritise.ts'
import { type StrangersFile, safeInput } from './safe-input.ts'

/** ffprobe looked at the file and gave up, or took too long. */
export class FfprobeFailed extends Error {
  override readonly name = 'FfprobeFailed'
  /** The index of an MP4 is not there: ffprobe has one exit code for everything, so its words are all there is. */
  readonly isIndexMissing: boolean
  readonly tookTooLong: boolean

  constructor(cause: Failure) {
    super('ffprobe gave up', { cause })
    this.isIndexMissing = cause.stderr?.includes('moov atom not found') ?? false
    this.tookTooLong = cause.killed === true
  }
}

export type ProbedStream = Readonly<{
  codec_name?: string
  channels?: number
  sample_rate?: string
  duration?: string
  tags?: Readonly<Record<string, string>>
  /** Packets (of PCM: samples) that the index lists. */
  nb_frames?: string
  /** Packets that are there, when they were counted. */
  nb_read_packets?: string
}>

export type ProbedChapter = Readonly<{
  /** As the file numbers it. */
  id: number
  /** Seconds. */
  start_time?: string
  end_time?: string
  tags?: Readonly<{ title?: string }>
}>

export type ProbedFile = Readonly<{
  /** The first audio stream, or none. */
  streams?: readonly ProbedStream[]
  format?: Readonly<{ format_name?: string; duration?: string; tags?: Readonly<Record<string, string>> }>
  chapters?: readonly ProbedChapter[]
}>

type Options = Readonly<{
  signal: AbortSignal
  /** Reads the whole file. */
  countPackets?: boolean
  /** Asks for the chapters too, and for the tags of file and stream. */
  chapters?: boolean
}>

const limitSeconds = 30
const streamAndFormat =
  'stream=codec_name,channels,sample_rate,duration,nb_frames,nb_read_packets:format=format_name,duration'
const chaptersAndTags = 'chapter=id,start_time,end_time:chapter_tags=title:stream_tags:format_tags'

/** Asks about a file's first audio stream. Rejects with `FfprobeFailed`, or with the signal's reason. */
export async function runFfprobe(
  source: StrangersFile,
  { signal, countPackets, chapters }: Options,
): Promise<ProbedFile> {
  const { ffprobe } = await findBinaries()
  const [command, ...confinement] = await confine(ffprobe)
  const { options, url } = safeInput(source)
  const count = countPackets ? ['-count_packets'] : []
  const entries = chapters ? `${streamAndFormat}:${chaptersAndTags}` : streamAndFormat
  const question = ['-select_streams', 'a:0', ...count, '-show_entries', entries, '-of', 'json']
  try {
    const running = promisify(execFile)(command, [...confinement, '-v', 'error', ...options, ...question, url], {
      signal,
      timeout: limitSeconds * 1000,
      killSignal: 'SIGKILL',
      maxBuffer: 16 * 1024 ** 2,
    })
    deprioritise(running.child)
    return JSON.parse((await running).stdout)
  } catch (error) {
    signal.throwIfAborted()
    throw isVerdict(error as Failure) ? new FfprobeFailed(error as Failure) : error
  }
}

type Failure = { code?: unknown; killed?: boolean; signal?: NodeJS.Signals; stderr?: string }

/** Whether the file is to blame: an exit code, a crash, the time limit, or complaints without end; not that ffprobe is missing. */
const isVerdict = ({ code, killed, signal }: Failure) =>
  typeof code === 'number' || isCrash(signal) || killed === true || code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER'
