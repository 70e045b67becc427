import { longestChapterTitle, mostChapters, type RecordedChapter } from '../recording/chapter.ts'
import { oneLine } from '../recording/one-line.ts'
import { webAddress } from '../recording/web-address.ts'
import type { TimedChapter } from './chapter-frames.ts'

/** All bits set means "no time" to some readers. */
const latestMs = 0xffff_fffe

/**
 * Chapters as a tag tells them: in order, each with an end (its own, the next one's start, or the end of the audio), those
 * dropped that start behind the end. At most 2,000.
 */
export function timeline(chapters: readonly RecordedChapter[], durationSeconds?: number): TimedChapter[] {
  const durationMs = Math.min(milliseconds(durationSeconds) ?? latestMs, latestMs)
  const starting = chapters
    .map((chapter) => ({ ...chapter, startMs: milliseconds(chapter.startSeconds) ?? -1 }))
    .filter(({ startMs }) => startMs >= 0 && startMs < durationMs)
    .sort((one, other) => one.startMs - other.startMs)
    .slice(0, mostChapters)
  return starting.map(({ startMs, endSeconds, title, url, image }, index) => {
    const end = milliseconds(endSeconds) ?? starting[index + 1]?.startMs ?? milliseconds(durationSeconds) ?? startMs
    return {
      startMs,
      endMs: Math.max(startMs, Math.min(end, durationMs)),
      title: oneLine(title, longestChapterTitle),
      url: webAddress(url),
      image,
    }
  })
}

const milliseconds = (seconds: number | undefined) =>
  seconds === undefined || Number.isNaN(seconds) ? undefined : Math.round(seconds * 1000)
