import { stat } from 'node:fs/promises'
import { AppError, invalid } from '../core/errors.ts'
import { FfprobeFailed, type ProbedFile, runFfprobe } from './ffprobe.ts'
import { hasMp3Frames } from './has-mp3-frames.ts'
import { promisedDuration } from './promised-duration.ts'

/** The first audio stream of a file, as its headers describe it. */
export type Recording = Readonly<{
  /** ffmpeg's name of the demuxer: `wav`, `mov`, `matroska`, … */
  container: string
  codec: string
  /** Perhaps an estimate; absent when the file does not say (a FLAC written to a pipe). */
  durationSeconds?: number
  channels: number
  sampleRateHz: number
  /** What the header firmly promises; see promised-duration. */
  declaredSeconds?: number
}>

const mostChannels = 8
const formats = 'Upload WAV, FLAC, MP3, M4A, OGG or another audio file.'

/** Looks at a recording without decoding it. Throws `invalid` with a sentence for the podcaster when it is none. */
export async function probeRecording(path: string, { signal }: { signal: AbortSignal }): Promise<Recording> {
  if ((await stat(path)).size === 0) {
    throw invalid(`This file is empty: nothing was recorded, or nothing arrived. ${formats}`)
  }
  const stream = describeStream(await examine(path, signal))
  return { ...stream, declaredSeconds: await promisedDuration(path, stream, { signal }) }
}

async function examine(path: string, signal: AbortSignal, container?: string): Promise<ProbedFile> {
  try {
    return await runFfprobe(path, { signal, container })
  } catch (error) {
    if (!(error instanceof FfprobeFailed)) throw error
    if (!container && (await hasMp3Frames(path))) return examine(path, signal, 'mp3')
    throw new AppError('invalid', error.isIndexMissing ? indexMissing : unreadable, { cause: error })
  }
}

const unreadable = `This file is not a recording that can be read. ${formats}`
const indexMissing =
  'This M4A or MP4 file has no index (it is written last): the file was cut off on its way, or the recorder was stopped ' +
  'hard. Upload it again, or export it again if the file on your machine does not play either.'

function describeStream({ streams, format }: ProbedFile): Recording {
  const stream = streams?.[0]
  if (!stream) throw invalid('This file has no audio track: it has pictures only. Export it again with its sound.')
  const { codec_name: codec = 'unknown', channels = 0 } = stream
  const sampleRateHz = positive(stream.sample_rate)
  if (codec === 'unknown' || channels === 0 || !sampleRateHz) {
    throw invalid(
      `The sound of this file is in a form that cannot be decoded (perhaps it is copy-protected). ${formats}`,
    )
  }
  if (channels > mostChannels) {
    throw invalid(`This recording has ${channels} channels, at most ${mostChannels} can be mixed: export it in stereo.`)
  }
  const container = format?.format_name?.split(',')[0] ?? ''
  const durationSeconds = positive(stream.duration) ?? positive(format?.duration)
  return { container, codec, durationSeconds, channels, sampleRateHz }
}

/** `N/A`, absent and zero are all "not said". */
function positive(text: string | undefined): number | undefined {
  const value = Number(text)
  return value > 0 ? value : undefined
}
