import type { RecordedChapter } from '../recording/chapter.ts'
import { frame, linkFrame, pictureFrame, textFrame } from './frames.ts'

/** Titles are clean, addresses ASCII; times are whole milliseconds. */
export type TimedChapter = Readonly<{ startMs: number; endMs: number }> &
  Pick<RecordedChapter, 'title' | 'url' | 'image'>

const mostEntries = 255
const noOffset = Buffer.alloc(8, 0xff)
const isOrdered = 1
const isTopLevel = 2

/** CTOC and CHAP frames (ID3v2 Chapter Frame Addendum 1.0): the tables of contents, then the chapters in their order. */
export function chapterFrames(chapters: readonly TimedChapter[]): Buffer[] {
  if (chapters.length === 0) return []
  return [...tablesOf(chapters.map((_, index) => elementId(index))), ...chapters.map(chapterFrame)]
}

const elementId = (index: number) => `ch${index}`

/**
 * A table has at most 255 entries, and one of them can be another table. The first chapters stand in the top-level table
 * itself, the others in as many tables as it takes behind them: a reader that knows one level only still has the first.
 */
function tablesOf(ids: readonly string[]): Buffer[] {
  const nested = Math.max(0, Math.ceil((ids.length - mostEntries) / (mostEntries - 1)))
  const direct = ids.slice(0, mostEntries - nested)
  const groups = Array.from({ length: nested }, (_, index) => {
    const start = direct.length + index * mostEntries
    return { id: `toc${index + 1}`, ids: ids.slice(start, start + mostEntries) }
  })
  return [
    tableFrame('toc', isTopLevel | isOrdered, [...direct, ...groups.map((group) => group.id)]),
    ...groups.map((group) => tableFrame(group.id, isOrdered, group.ids)),
  ]
}

function tableFrame(id: string, flags: number, entries: readonly string[]): Buffer {
  return frame('CTOC', terminated(id), Buffer.from([flags, entries.length]), ...entries.map(terminated))
}

function chapterFrame({ startMs, endMs, title, url, image }: TimedChapter, index: number): Buffer {
  const times = Buffer.alloc(8)
  times.writeUInt32BE(startMs, 0)
  times.writeUInt32BE(endMs, 4)
  return frame(
    'CHAP',
    terminated(elementId(index)),
    times,
    noOffset,
    ...(title ? [textFrame('TIT2', title)] : []),
    ...(url ? [linkFrame(url)] : []),
    ...(image ? [pictureFrame({ ...image, kind: 'other' })] : []),
  )
}

const terminated = (id: string) => Buffer.from(`${id}\0`, 'latin1')
