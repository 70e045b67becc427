import { FfprobeFailed, type ProbedFile, runFfprobe } from '../ffmpeg/ffprobe.ts'
import type { StrangersFile } from '../ffmpeg/safe-input.ts'
import type { FoundChapter } from './tidy-chapters.ts'

type Options = Omit<StrangersFile, 'path'> & Readonly<{ signal: AbortSignal }>

/**
 * The chapters that ffprobe finds, as they stand (MP4: Nero and QuickTime; Ogg, Opus, FLAC: CHAPTERxxx; Matroska), and the
 * seconds that the file says it has. A file that ffprobe gives up on has none.
 */
export async function probeChapters(
  path: string,
  options: Options,
): Promise<{ chapters: FoundChapter[]; durationSeconds?: number }> {
  const asked = runFfprobe({ path, ...options }, { signal: options.signal, chapters: true })
  const { chapters = [], streams, format } = await asked.catch(unlessFailed)
  const addresses = chapterAddresses({ ...format?.tags, ...streams?.[0]?.tags })
  return {
    chapters: chapters.map(({ id, start_time, end_time, tags }) => ({
      startSeconds: Number(start_time),
      endSeconds: Number(end_time),
      title: tags?.title,
      url: addresses.get(id),
    })),
    durationSeconds: Number(format?.duration) || undefined,
  }
}

function unlessFailed(error: unknown): ProbedFile {
  if (error instanceof FfprobeFailed) return {}
  throw error
}

/** ffprobe knows CHAPTER001 and CHAPTER001NAME of Vorbis comments; it leaves CHAPTER001URL where it was. */
function chapterAddresses(tags: Readonly<Record<string, string>>): Map<number, string> {
  const addresses = new Map<number, string>()
  for (const [name, text] of Object.entries(tags)) {
    const [, number] = /^CHAPTER(\d{3})URL$/i.exec(name) ?? []
    if (number) addresses.set(Number(number), text)
  }
  return addresses
}
