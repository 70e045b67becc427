import type { Mp3Tags } from '../id3/tag-area.ts'
import { timeline } from '../id3/timeline.ts'
import { oneLine } from '../recording/one-line.ts'

const longestText = 1000
const longestComment = 4000

/** Tags and chapters as ffmpeg reads them (https://ffmpeg.org/ffmpeg-formats.html#Metadata-2), for a file in the MP4 family. */
export function ffmetadata(tags: Mp3Tags): string {
  const lines = Object.entries(textsOf(tags)).flatMap(([name, text]) => (text ? [`${name}=${escaped(text)}`] : []))
  return [';FFMETADATA1', ...lines, ...chaptersOf(tags).flatMap(chapterLines), ''].join('\n')
}

const textsOf = ({ title, artist, album, number, year, genre, comment }: Mp3Tags) => ({
  title: oneLine(title, longestText),
  artist: oneLine(artist, longestText),
  album: oneLine(album, longestText),
  track: number?.toString(),
  date: year?.toString().padStart(4, '0'),
  genre: oneLine(genre, longestText),
  comment: comment
    ?.slice(0, longestComment)
    .replace(/\r\n?|\p{Zl}|\p{Zp}/gu, '\n')
    .replace(/[^\P{Cc}\n]|\p{Surrogate}/gu, ' ')
    .trim(),
})

type Chapter = Readonly<{ startMs: number; endMs: number; title: string }>

/**
 * In an MP4 a chapter lasts to the next one, and the first begins with the audio: where it does not, what comes before it is called
 * as the episode is.
 */
function chaptersOf({ title = '', chapters, durationSeconds }: Mp3Tags): Chapter[] {
  const found = timeline(chapters, durationSeconds)
  const isLate = (found[0]?.startMs ?? 0) > 0
  const all = [...(isLate ? [{ startMs: 0, endMs: 0, title: oneLine(title, longestText) }] : []), ...found]
  return all.map((chapter, index) => ({
    startMs: chapter.startMs,
    endMs: all[index + 1]?.startMs ?? chapter.endMs,
    // ffmpeg leaves out a chapter without a title, and the one before would last as much longer.
    title: chapter.title ?? `${index + 1}`,
  }))
}

const chapterLines = ({ startMs, endMs, title }: Chapter) => [
  '[CHAPTER]',
  'TIMEBASE=1/1000',
  `START=${startMs}`,
  `END=${endMs}`,
  `title=${escaped(title)}`,
]

const escaped = (text: string) => text.replace(/[=;#\\\n]/g, '\\$&')
