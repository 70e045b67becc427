import { statfs } from 'node:fs/promises'
import path from 'node:path'
import { AppError, invalid, unavailable } from '../core/errors.ts'
import { FfmpegFailed, runFfmpeg } from './ffmpeg.ts'
import { readMp3Header } from './mp3-header.ts'

export type Mp3Tags = Readonly<{ title?: string; artist?: string; album?: string }>

type Options = Readonly<{
  /** As the probe named it. */
  container?: string
  bitrateKbps: number
  channels: 1 | 2
  /** What the fraction is a fraction of; without it there is no progress. */
  durationSeconds?: number
  tags: Mp3Tags
  signal: AbortSignal
  /** 0 to 1, never falling. */
  onProgress(fraction: number): void
}>

const longestSeconds = 24 * 3600
const fullDiskBytes = 16 * 1024 ** 2

/**
 * Encodes the first audio stream as CBR MP3 at 44.1 kHz. Only the tags given are written, as ID3v2.3; the same input gives
 * the same bytes. `decodedSeconds` is exact. Throws `invalid` when nothing can be decoded; may leave a part of the target.
 */
export async function encodeMp3(source: string, target: string, options: Options): Promise<{ decodedSeconds: number }> {
  const { container, signal, durationSeconds, onProgress } = options
  const report = (seconds: number) => durationSeconds && onProgress(Math.min(1, seconds / durationSeconds))
  try {
    await runFfmpeg(source, (command) => command.output(target).outputOptions(...outputOptions(options)), {
      container,
      signal,
      onProgress: report,
    })
  } catch (error) {
    throw error instanceof FfmpegFailed ? await explain(error, target) : error
  }
  const decodedSeconds = await secondsOf(target)
  if (decodedSeconds === 0) throw invalid(undecodable)
  if (decodedSeconds > longestSeconds) throw invalid('This recording is longer than 24 hours. Upload it in parts.')
  onProgress(1)
  return { decodedSeconds }
}

const undecodable =
  'There is no sound in this recording that could be decoded: it seems to be damaged. Export it again, as WAV, FLAC or MP3, and upload that.'

function outputOptions({ bitrateKbps, channels, tags }: Options): string[] {
  const stream = ['-map', '0:a:0', '-map_metadata', '-1', '-map_chapters', '-1', '-t', String(longestSeconds + 1)]
  const audio = ['-c:a', 'libmp3lame', '-b:a', `${bitrateKbps}k`, '-ac', String(channels), '-ar', '44100']
  const header = ['-f', 'mp3', '-id3v2_version', '3', '-write_id3v1', '0', '-write_xing', '1']
  // Without bitexact, ffmpeg writes its own version into the file.
  const repeatable = ['-fflags', '+bitexact', '-flags:a', '+bitexact']
  const texts = Object.entries(tags).flatMap(([name, text]) => (text ? ['-metadata', `${name}=${text}`] : []))
  return [...stream, ...audio, ...header, ...repeatable, ...texts]
}

/** ffmpeg gives up on a full disk as it does on a bad recording; only the first is worth another try. */
async function explain(error: FfmpegFailed, target: string): Promise<AppError> {
  const { bavail, bsize } = await statfs(path.dirname(target))
  if (bavail * bsize < fullDiskBytes) return unavailable('The disk of this station is full: make room on it.', error)
  return new AppError('invalid', undecodable, { cause: error })
}

async function secondsOf(target: string): Promise<number> {
  const header = await readMp3Header(target)
  return header?.stream ? header.stream.samples / header.frame.sampleRateHz : 0
}
