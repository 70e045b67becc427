import { invalid } from '../core/errors.ts'
import { demandTimes, type Passage, type Segment } from './segment.ts'
import { parseJson } from './text-body.ts'

/** A transcript in the JSON form of the podcast namespace (transcripts.md). */
export type JsonTranscript = Readonly<{
  version: string
  segments: readonly Readonly<{ speaker?: string; startTime?: number; endTime?: number; body: string }>[]
}>

/** Reads that form, and what Whisper and its kin write: `segments` with `start`, `end`, `text`. Throws `invalid`, with the number. */
export function parseJsonTranscript(text: string): Segment[] {
  const { segments } = (parseJson(text) ?? {}) as { segments?: unknown }
  if (!Array.isArray(segments)) throw invalid('A transcript in JSON is an object with a list “segments”.')
  return segments.map((segment, index) => parseSegment(segment, `Segment ${index + 1}`))
}

/** Passages in that form; those of plain text have no times. */
export const jsonTranscript = (passages: readonly Passage[]): JsonTranscript => ({
  version: '1.0.0',
  segments: passages.map(({ startSeconds, endSeconds, speaker, body }) => ({
    ...(speaker && { speaker }),
    ...(startSeconds !== undefined && { startTime: startSeconds, endTime: endSeconds }),
    body,
  })),
})

function parseSegment(value: unknown, where: string): Segment {
  const { startTime, start, endTime, end, body, text, speaker } = (value ?? {}) as Record<string, unknown>
  const words = body ?? text
  const times = demandTimes(where, numberOf(startTime ?? start), numberOf(endTime ?? end))
  if (typeof words !== 'string') throw invalid(`${where} has no “body”, the words that are said.`)
  return { ...times, ...(typeof speaker === 'string' && { speaker }), body: words }
}

const numberOf = (value: unknown) => (typeof value === 'number' ? value : undefined)
