import { stat } from 'node:fs/promises'
import path from 'node:path'
import { AppError, invalid, unavailable } from '../../core/errors.ts'
import { FfmpegFailed, runFfmpeg } from '../ffmpeg/ffmpeg.ts'
import type { Recording } from '../recording/probe.ts'
import { presentBytes, readWavHeader } from '../recording/wav-header.ts'
import { freeBytes } from './free-bytes.ts'
import { sampleRateHz } from './grid.ts'
import { type Pcm, type PcmEncoding, sampleBytes } from './pcm.ts'

type Options = Readonly<{
  /** An existing folder; what is decoded is written there. */
  folder: string
  longestSeconds: number
  signal: AbortSignal
  /** 0 to 1; not called when the file does not say how long it is. */
  onProgress(fraction: number): void
}>

/** So much of the disk stays free for everything else. */
const reservedBytes = 256 * 1024 ** 2

/**
 * The samples of a recording at the published rate, one or two channels: the file's own where they are that already, else decoded
 * once, in order, into a spool (seeking in compressed sound is not exact to the sample). Throws `invalid` for what cannot be decoded or
 * is too long, `unavailable` when the disk has no room.
 */
export async function spoolPcm(source: string, recording: Recording, options: Options): Promise<Pcm> {
  refuseTooLong(recording.durationSeconds, options.longestSeconds)
  const pcm = (await ownSamples(source, recording)) ?? (await decode(source, recording, options))
  if (pcm.samples === 0) throw invalid(undecodable)
  refuseTooLong(pcm.samples / sampleRateHz, options.longestSeconds)
  return pcm
}

const undecodable =
  'There is no sound in this recording that could be decoded: it seems to be damaged. Export it again, as WAV, FLAC or MP3, and upload that.'

function refuseTooLong(seconds: number | undefined, longestSeconds: number): void {
  if (seconds === undefined || seconds <= longestSeconds) return
  throw invalid(`This recording is longer than ${longestSeconds / 3600} hours. Upload it in parts.`)
}

const encodings: Readonly<Record<string, PcmEncoding>> = { pcm_s16le: 's16le', pcm_s24le: 's24le', pcm_f32le: 'f32le' }

/** A WAV at our rate needs no decoding. */
async function ownSamples(
  source: string,
  { container, codec, channels, sampleRateHz: rate }: Recording,
): Promise<Pcm | undefined> {
  const encoding = encodings[codec]
  if (container !== 'wav' || !encoding || rate !== sampleRateHz || (channels !== 1 && channels !== 2)) return undefined
  const header = await readWavHeader(source)
  if (header.dataOffset === undefined) return undefined
  const bytes = presentBytes(header, (await stat(source)).size)
  const samples = Math.floor(bytes / sampleBytes[encoding] / channels)
  return { path: source, offset: header.dataOffset, encoding, channels, samples }
}

async function decode(source: string, recording: Recording, options: Options): Promise<Pcm> {
  const { folder, longestSeconds, signal, onProgress } = options
  const { durationSeconds } = recording
  const channels = recording.channels === 1 ? 1 : 2
  const target = path.join(folder, 'spool.f32')
  const bytesPerSecond = sampleBytes.f32le * channels * sampleRateHz
  const room = Math.max(0, (await freeBytes(folder)) - reservedBytes)
  if ((durationSeconds ?? 0) * bytesPerSecond > room) throw noRoom((durationSeconds ?? 0) * bytesPerSecond)
  const form = ['-f', 'f32le', '-ac', String(channels), '-ar', String(sampleRateHz)]
  const limits = ['-t', String(longestSeconds + 1), '-fs', String(room)]
  try {
    await runFfmpeg(
      { path: source, ...recording },
      (command) => command.output(target).outputOptions('-map', '0:a:0', ...form, ...limits),
      { signal, onProgress: (seconds) => durationSeconds && onProgress(Math.min(1, seconds / durationSeconds)) },
    )
  } catch (error) {
    throw error instanceof FfmpegFailed ? new AppError('invalid', undecodable, { cause: error }) : error
  }
  const { size } = await stat(target)
  if (size >= room - bytesPerSecond) throw noRoom(size)
  return {
    path: target,
    offset: 0,
    encoding: 'f32le',
    channels,
    samples: Math.floor(size / sampleBytes.f32le / channels),
  }
}

const noRoom = (bytes: number) =>
  unavailable(
    `The disk of this station has no room to decode this recording: it takes ${(bytes / 1e9).toFixed(1)} GB or more for a while. Make room on it; then it goes on by itself.`,
  )
