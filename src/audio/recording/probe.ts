import { stat } from 'node:fs/promises'
import { AppError, invalid } from '../../core/errors.ts'
import { FfprobeFailed, type ProbedFile, runFfprobe } from '../ffmpeg/ffprobe.ts'
import type { StrangersFile } from '../ffmpeg/safe-input.ts'
import { hasMp3Frames } from '../mp3/has-mp3-frames.ts'
import { countId3Bytes } from '../mp3/mp3-header.ts'
import { promisedDuration } from './promised-duration.ts'
import { storedSeconds } from './stored-seconds.ts'

/** The first audio stream of a file, as its headers describe it. */
export type Recording = Readonly<{
  /** ffmpeg's name of the demuxer: `wav`, `mov`, `matroska`, … */
  container: string
  /** The ID3v2 tags in front of it, which ffmpeg is not to read: for some it takes minutes and gigabytes. */
  skipBytes: number
  codec: string
  /** See stored-seconds. */
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
  const skipBytes = await countId3Bytes(path)
  const isMp3 = skipBytes > 0 && (await hasMp3Frames(path, skipBytes))
  const found = await examine({ path, skipBytes, container: isMp3 ? 'mp3' : undefined }, signal)
  const stream = { ...describeStream(found), skipBytes }
  const declaredSeconds = await promisedDuration(path, stream, { signal })
  return { ...stream, declaredSeconds, durationSeconds: await storedSeconds(path, stream, { signal }) }
}

async function examine(file: StrangersFile, signal: AbortSignal): Promise<ProbedFile> {
  try {
    return await runFfprobe(file, { signal })
  } catch (error) {
    if (!(error instanceof FfprobeFailed)) throw error
    const isMp3 = !file.container && (await hasMp3Frames(file.path, file.skipBytes ?? 0))
    if (isMp3) return examine({ ...file, container: 'mp3' }, signal)
    throw new AppError('invalid', reasonOf(error), { cause: error })
  }
}

function reasonOf({ isIndexMissing, tookTooLong }: FfprobeFailed): string {
  if (isIndexMissing) return indexMissing
  return tookTooLong ? endless : unreadable
}

const unreadable = `This file is not a recording that can be read. ${formats}`
const endless =
  'It took too long to find the sound in this file: it has far too many tags or chapters, or it is damaged. Export it again ' +
  'without them, and upload that.'
const indexMissing =
  'This M4A or MP4 file has no index (it is written last): the file was cut off on its way, or the recorder was stopped ' +
  'hard. Upload it again, or export it again if the file on your machine does not play either.'

function describeStream({ streams, format }: ProbedFile): Omit<Recording, 'skipBytes'> {
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
