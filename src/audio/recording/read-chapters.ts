import { type FileHandle, open } from 'node:fs/promises'
import { readId3Chapters } from '../id3/read-chapters.ts'
import { readBytes } from '../read-bytes.ts'
import type { RecordedChapter } from './chapter.ts'
import { probeChapters } from './probe-chapters.ts'
import { type FoundChapter, tidyChapters } from './tidy-chapters.ts'
import { readWavChapters } from './wav-chapters.ts'
import { declaredSeconds, readWavHeader } from './wav-header.ts'

type Options = Readonly<{
  signal: AbortSignal
  /** Both as the probe found them. */
  container?: string
  skipBytes?: number
  /** What was decoded; without it, what the header says, where it says so. */
  durationSeconds?: number
}>

/** Formats whose only chapters are those of an ID3 tag. */
const id3Only = new Set(['mp3', 'aac'])

/**
 * The chapters of a recording: ID3, MP4, Vorbis comments, Matroska, cue points of a WAV; bounded and cleaned as tidyChapters
 * says. A recording without chapters, or with broken ones, has none. Throws the signal's reason, and when there is no ffprobe
 * or the file cannot be read.
 */
export async function readChapters(path: string, options: Options): Promise<RecordedChapter[]> {
  options.signal.throwIfAborted()
  const { chapters, durationSeconds } = await findChapters(path, options)
  options.signal.throwIfAborted()
  return tidyChapters(chapters, options.durationSeconds ?? durationSeconds)
}

type Found = { chapters: FoundChapter[]; durationSeconds?: number }

async function findChapters(path: string, options: Options): Promise<Found> {
  const file = await open(path)
  try {
    if (await isWav(file)) {
      return { chapters: await readWavChapters(file), durationSeconds: declaredSeconds(await readWavHeader(path)) }
    }
    const chapters = await readId3Chapters(file)
    if (chapters.length > 0 || id3Only.has(options.container ?? '')) return { chapters }
  } finally {
    await file.close()
  }
  return await probeChapters(path, options)
}

async function isWav(file: FileHandle): Promise<boolean> {
  const start = (await readBytes(file, 0, 12)).toString('latin1')
  return /^(RIFF|RIFX|RF64|BW64)....WAVE$/s.test(start)
}
