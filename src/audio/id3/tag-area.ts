import type { RecordedChapter } from '../recording/chapter.ts'
import { oneLine } from '../recording/one-line.ts'
import { chapterFrames, type TimedChapter } from './chapter-frames.ts'
import { commentFrame, pictureFrame, textFrame } from './frames.ts'
import { languageCode } from './language.ts'
import { timeline } from './timeline.ts'

export type Mp3Tags = Readonly<{
  title?: string
  artist?: string
  album?: string
  /** Of the episode. */
  number?: number
  year?: number
  /** Show notes as plain text; lines are kept. */
  comment?: string
  /** BCP 47: `en`, `pt-BR`. */
  language?: string
  genre?: string
  cover?: Readonly<{ type: 'image/jpeg'; bytes: Uint8Array }>
  chapters: readonly RecordedChapter[]
  /** Where the last chapter ends. */
  durationSeconds?: number
}>

const headerBytes = 10
const step = 64 * 1024
/** Notes that grow to their longest (8 KiB) and some forty chapters with links more: what is added after the first hour. */
const slackBytes = 16 * 1024
/** Each listener downloads it before the first sound, and it counts in what the IAB calls the header of a download. */
const largestWithImages = 2 * 1024 ** 2
/** The frame around an image. */
const imageFrameBytes = 24
const longestText = 1000
const longestComment = 4000

/**
 * A whole ID3v2.3 tag with zeros behind its frames, so that a later one fits into the same place: its content and 16 KiB,
 * rounded up to 64 KiB, or exactly `bytes` long if the content fits (else as if not told). The same tags give the same bytes.
 * Texts lose control characters and are cut (1,000 characters; comment 4,000; 2,000 chapters, their titles 255). Chapter
 * images are dropped from the last on until the area is at most 2 MiB.
 */
export function tagArea(tags: Mp3Tags, { bytes }: { bytes?: number } = {}): Buffer {
  const content = contentOf(tags)
  const needed = headerBytes + content.length
  const area = Buffer.alloc(bytes !== undefined && needed <= bytes ? bytes : roundUp(needed + slackBytes))
  area.write('ID3\x03\0\0', 'latin1')
  writeSize(area, area.length - headerBytes)
  content.copy(area, headerBytes)
  return area
}

function contentOf(tags: Mp3Tags): Buffer {
  const head = [...textFrames(tags), ...coverFrames(tags)]
  const chapters = timeline(tags.chapters, tags.durationSeconds)
  const withoutImages = Buffer.concat([...head, ...chapterFrames(dropImages(chapters, 0))])
  const room = largestWithImages - slackBytes - headerBytes - withoutImages.length
  return Buffer.concat([...head, ...chapterFrames(dropImages(chapters, room))])
}

function textFrames({ title, artist, album, number, year, genre, language, comment }: Mp3Tags): Buffer[] {
  const code = language ? languageCode(language) : undefined
  const texts: [id: string, text: string | undefined][] = [
    ['TIT2', oneLine(title, longestText)],
    ['TPE1', oneLine(artist, longestText)],
    ['TALB', oneLine(album, longestText)],
    ['TRCK', number?.toString()],
    ['TYER', year?.toString().padStart(4, '0')],
    ['TCON', oneLine(genre, longestText)],
    ['TLAN', code],
  ]
  const notes = cleanLines(comment)
  return [
    ...texts.flatMap(([id, text]) => (text ? [textFrame(id, text)] : [])),
    ...(notes ? [commentFrame(notes, code ?? 'und')] : []),
  ]
}

/** Text of several lines without other control characters. */
function cleanLines(text = ''): string {
  const lines = text
    .slice(0, 4 * longestComment)
    .replace(/\r\n?|\p{Zl}|\p{Zp}/gu, '\n')
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .replace(/\p{Surrogate}/gu, '')
    .trim()
  return Array.from(lines).slice(0, longestComment).join('').trim()
}

const coverFrames = ({ cover }: Mp3Tags) => (cover ? [pictureFrame({ ...cover, kind: 'cover' })] : [])

/** Leaves the first images that fit into so many bytes together. */
function dropImages(chapters: readonly TimedChapter[], room: number): TimedChapter[] {
  let used = 0
  return chapters.map((chapter) => {
    if (chapter.image) used += chapter.image.bytes.length + imageFrameBytes
    return used <= room ? chapter : { ...chapter, image: undefined }
  })
}

const roundUp = (bytes: number) => Math.ceil(bytes / step) * step

/** ID3v2.3 §3.1: 28 bits, seven in each byte. */
function writeSize(area: Buffer, size: number): void {
  for (let index = 0; index < 4; index++) area[6 + index] = (size >>> (21 - 7 * index)) & 127
}
