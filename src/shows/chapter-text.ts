import { invalid } from '../core/errors.ts'
import type { Chapter } from './chapter.ts'
import { linesOf } from './text-body.ts'
import { tryParseTimecode } from './timecode.ts'

/** Chapters from a text file: labels of Audacity when its first line is one, else the text form. Throws `invalid`, with the line. */
export function parseChapterText(text: string): Chapter[] {
  const first = linesOf(text).find((line) => line.trim() !== '')
  return first !== undefined && label.test(first) ? parseAudacityLabels(text) : parseTextChapters(text)
}

/**
 * The text form of Podlove and mp4chaps: a time, a title, and an address in angle brackets when there is one.
 * `00:01:30.000 The title <https://example.com>`
 */
export const parseTextChapters = (text: string): Chapter[] => eachLine(text, parseTextLine)

/** Labels that Audacity exported: start, end and title, parted by tabs; the end of a label that is a point is its start. */
export const parseAudacityLabels = (text: string): Chapter[] =>
  // A line that begins with a backslash gives the frequencies of the label before.
  eachLine(text, (line, number) => (line.startsWith('\\') ? undefined : parseLabel(line, number)))

const label = /^\s{0,8}\d{1,9}(?:[.,]\d{1,9})?\t/

function eachLine(text: string, parse: (line: string, number: number) => Chapter | undefined): Chapter[] {
  return linesOf(text).flatMap((line, index) => (line.trim() === '' ? [] : (parse(line.trim(), index + 1) ?? [])))
}

function parseTextLine(line: string, number: number): Chapter {
  const [, time = '', rest = ''] = /^(\S+)(.*)$/.exec(line) ?? []
  const startSeconds = tryParseTimecode(time)
  if (startSeconds === undefined) {
    throw invalid(`Line ${number} does not begin with a time. Write it like 00:01:30.000 The title.`)
  }
  return { startSeconds, ...splitAddress(rest.trim()) }
}

/** A title, and the address that stands behind it in angle brackets. */
export function splitAddress(text: string): Pick<Chapter, 'title' | 'url'> {
  const opening = text.endsWith('>') ? text.lastIndexOf('<') : -1
  const url = opening < 0 ? '' : text.slice(opening + 1, -1).trim()
  return url.includes('://') ? { title: text.slice(0, opening).trim(), url } : { title: text }
}

function parseLabel(line: string, number: number): Chapter {
  const [start = '', end = '', ...title] = line.split('\t')
  const [startSeconds, endSeconds] = [tryParseTimecode(start.trim()), tryParseTimecode(end.trim())]
  if (startSeconds === undefined || endSeconds === undefined) {
    throw invalid(`Line ${number} is not a label of Audacity: start, tab, end, tab, title, with times in seconds.`)
  }
  return { startSeconds, ...(endSeconds > startSeconds && { endSeconds }), title: title.join(' ') }
}
