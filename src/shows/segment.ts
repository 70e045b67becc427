import { invalid } from '../core/errors.ts'
import { oneLine } from './one-line.ts'
import { toMillisecond } from './timecode.ts'

export type Times = Readonly<{ startSeconds: number; endSeconds: number }>

/** Words of a transcript that one person says. */
export type Words = Readonly<{ speaker?: string; body: string }>

/** The same with the time at which it is said. */
export type Segment = Times & Words

/** Either: plain text has no times. */
export type Passage = Partial<Times> & Words

const mostSegments = 200_000
const longestSpeaker = 128
const latestEnd = 100 * 3600

/** Segments cleaned and in order; empty ones are left out. Throws `invalid` when there are none, or too many. */
export function arrangeSegments(segments: readonly Segment[]): Segment[] {
  const spoken = arrangePassages(segments) as Segment[]
  return spoken.sort((a, b) => a.startSeconds - b.startSeconds)
}

/** Passages cleaned, in their own order. Throws `invalid` in the same way. */
export function arrangePassages(passages: readonly Passage[]): Passage[] {
  const spoken = passages.map(tidy).filter(({ body }) => body !== '')
  if (spoken.length === 0) throw invalid('There are no words in this transcript.')
  if (spoken.length > mostSegments) throw invalid(`This transcript has more than ${mostSegments} parts. Join some.`)
  return spoken
}

/** Whether a transcript says when things are said. */
export const isTimed = (passages: readonly Passage[]): passages is readonly Segment[] =>
  passages.every(({ startSeconds }) => startSeconds !== undefined)

/** Both times of a segment. Throws `invalid` that names where they should be: a line or a number. */
export function demandTimes(where: string, startSeconds?: number, endSeconds?: number): Times {
  if (startSeconds === undefined || endSeconds === undefined) throw invalid(`${where} needs a start and an end.`)
  if (!(startSeconds >= 0) || !(endSeconds <= latestEnd)) throw invalid(`${where} is at no time of an episode.`)
  if (endSeconds < startSeconds) throw invalid(`${where} ends before it begins.`)
  return { startSeconds, endSeconds }
}

/** Words on one line, with single spaces. A segment is never empty in time: WebVTT has no such cues. */
function tidy({ startSeconds, endSeconds, speaker, body }: Passage): Passage {
  const start = startSeconds && toMillisecond(startSeconds)
  const name = speaker && joined(speaker).slice(0, longestSpeaker).trim()
  return {
    ...(start !== undefined && {
      startSeconds: start,
      endSeconds: toMillisecond(Math.max(endSeconds ?? 0, start + 0.001)),
    }),
    ...(name && { speaker: name }),
    body: joined(body),
  }
}

const joined = (text: string) => oneLine(text).replace(/\s+/g, ' ').trim()
