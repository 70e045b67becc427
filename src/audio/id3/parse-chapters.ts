import { mostChapters } from '../recording/chapter.ts'
import type { FoundChapter } from '../recording/tidy-chapters.ts'
import { parsePicture } from './picture.ts'
import { decodeText, skipText } from './text.ts'
import { type Frame, type Id3Tag, walkFrames } from './walk-frames.ts'

type Chapter = FoundChapter & Readonly<{ id: string }>

const mostTables = 100
const longestTextBytes = 8 * 1024
const noEnd = 0xffff_ffff

/**
 * The chapters of a tag (CHAP, ID3v2 Chapter Frame Addendum 1.0), as they stand: neither sorted nor cleaned. If there is a
 * table of contents, only those that it lists: the others are meant to be hidden. What is broken is passed over.
 */
export function parseId3Chapters(tag: Id3Tag): FoundChapter[] {
  const chapters: Chapter[] = []
  const tables: string[][] = []
  for (const frame of walkFrames(tag)) {
    if (frame.id === 'CHAP') chapters.push(...parseChapter(frame, tag.version))
    if (frame.id === 'CTOC') tables.push(parseTable(frame.body))
    if (chapters.length >= mostChapters || tables.length >= mostTables) break
  }
  return listed(chapters, tables)
}

/** Element id, end mark, start and end in ms, two byte offsets that nobody fills, frames. */
function parseChapter({ body }: Frame, version: number): Chapter[] {
  const { text: id, rest } = decodeText(0, body)
  if (rest.length < 16) return []
  const [start, end] = [rest.readUInt32BE(0), rest.readUInt32BE(4)]
  const times = { startSeconds: start / 1000, endSeconds: end === noEnd ? undefined : end / 1000 }
  const parts = Array.from(walkFrames({ version, body: rest.subarray(16) }), describe)
  return [Object.assign({ id, ...times }, ...parts)]
}

function describe({ id, body }: Frame): Omit<FoundChapter, 'startSeconds'> {
  const [encoding = 0] = body
  const text = body.subarray(1, longestTextBytes)
  if (id === 'TIT2') return { title: decodeText(encoding, text).text }
  if (id === 'WXXX') return { url: decodeText(0, skipText(encoding, text)).text }
  if (id === 'APIC') return { image: parsePicture(body).bytes }
  return {}
}

/** Element id, end mark, flags, count, as many element ids. */
function parseTable(body: Buffer): string[] {
  const entries = skipText(0, body)
  const count = entries[1] ?? 0
  return entries.toString('latin1', 2).split('\0', count)
}

/** Tables without any chapter of the tag, and one that cannot count them all (it has one byte for that), hide nothing. */
function listed(chapters: readonly Chapter[], tables: readonly string[][]): FoundChapter[] {
  const ids = new Set(tables.flat())
  const overflows = tables.length === 1 && chapters.length > 255
  const found = overflows ? [] : chapters.filter(({ id }) => ids.has(id))
  return found.length > 0 ? found : [...chapters]
}
