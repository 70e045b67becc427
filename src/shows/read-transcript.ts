import { packPassages } from './packed-passages.ts'
import { arrangePassages, arrangeSegments, type Passage } from './segment.ts'
import { decodeText } from './text-body.ts'
import { untimedOrigin } from './transcript-forms.ts'
import { parseJsonTranscript } from './transcript-json.ts'
import { parseSrt } from './transcript-srt.ts'
import { parsePlainTranscript } from './transcript-text.ts'
import { parseVtt } from './transcript-vtt.ts'

export type ReadTranscript = Readonly<{
  /** The passages, packed. */
  segments: string
  /** The media type that it is by its words. */
  origin: string
}>

type Read = Readonly<{ passages: readonly Passage[]; origin: string }>

const readVtt = (text: string): Read => ({ passages: arrangeSegments(parseVtt(text)), origin: 'text/vtt' })

const readSrt = (text: string): Read => ({ passages: arrangeSegments(parseSrt(text)), origin: 'application/x-subrip' })

const readJson = (text: string): Read => ({
  passages: arrangeSegments(parseJsonTranscript(text)),
  origin: 'application/json',
})

/** Files that are WebVTT or SubRip by their words are often sent as plain text. */
function readText(text: string): Read {
  if (text.startsWith('WEBVTT')) return readVtt(text)
  if (/^\s{0,100}(?:\d{1,9}\s{1,10})?[\d:.,]{1,20} --> /.test(text)) return readSrt(text)
  return { passages: arrangePassages(parsePlainTranscript(text)), origin: untimedOrigin }
}

const formats = {
  'text/vtt': readVtt,
  'application/x-subrip': readSrt,
  'application/srt': readSrt,
  'text/srt': readSrt,
  'application/json': readJson,
  'text/plain': readText,
}

export type TranscriptType = keyof typeof formats

/** The media types that transcripts are taken in. */
export const transcriptTypes = Object.keys(formats) as TranscriptType[]

/** Reads the file of a transcript. Throws `invalid` that names what to mend. */
export function readTranscript(file: Uint8Array, type: TranscriptType): ReadTranscript {
  const { passages, origin } = formats[type](decodeText(file))
  return { segments: packPassages(passages), origin }
}
