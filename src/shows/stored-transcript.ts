import { createHash } from 'node:crypto'
import { unpackPassages } from './packed-passages.ts'
import { paragraphsOf } from './paragraphs.ts'
import type { Passage } from './segment.ts'
import type { TranscriptView } from './text-schemas.ts'
import { printTranscript, type TranscriptForm } from './transcript-forms.ts'
import { jsonTranscript } from './transcript-json.ts'

/** A file that is made of a transcript. */
export type PrintedTranscript = Readonly<{
  type: string
  body: Uint8Array
  /** Of the body, base64url. */
  sha256: string
}>

/** What the API says of a transcript beside its words. */
export type AboutTranscript = Omit<TranscriptView, 'version' | 'segments'>

/** What a page has of tags, time and name for each. */
const charactersAroundParagraph = 150

/** The API's answer about a transcript, as JSON in UTF-8. `segments` are packed, here and below. */
export const tellTranscript = (segments: string, about: AboutTranscript): Uint8Array =>
  encode(JSON.stringify({ ...jsonTranscript(unpackPassages(segments)), ...about }))

/** Undefined when the transcript has no times and the form needs them. */
export function printStored(form: TranscriptForm, segments: string, language: string): PrintedTranscript | undefined {
  const printed = printTranscript(form, { passages: unpackPassages(segments), language })
  if (!printed) return undefined
  const body = encode(printed.text)
  return { type: printed.type, body, sha256: createHash('sha256').update(body).digest('base64url') }
}

/** See `paragraphsOf`; undefined when they make a page of more characters than that. */
export function listParagraphs(segments: string, longestPage: number): Passage[] | undefined {
  const paragraphs = paragraphsOf(unpackPassages(segments))
  const length = paragraphs.reduce((sum, { body }) => sum + body.length + charactersAroundParagraph, 0)
  return length > longestPage ? undefined : paragraphs
}

/** Not by Buffer, which is a part of a larger one: all of that would go from thread to thread. */
const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
