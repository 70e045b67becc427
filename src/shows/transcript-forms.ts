import { transcriptUrl } from '../core/addresses.ts'
import type { Config } from '../core/config.ts'
import { isTimed, type Passage } from './segment.ts'
import type { TranscriptFile } from './text-schemas.ts'
import { printHtml } from './transcript-html.ts'
import { jsonTranscript } from './transcript-json.ts'
import { printSrt } from './transcript-srt.ts'
import { printVtt } from './transcript-vtt.ts'

export type TranscriptForm = 'vtt' | 'srt' | 'json' | 'html'

/** The media types that the podcast namespace gives to the forms, the one that most apps like best first. */
const types: Readonly<Record<TranscriptForm, string>> = {
  vtt: 'text/vtt',
  srt: 'application/x-subrip',
  json: 'application/json',
  html: 'text/html',
}

const forms = Object.keys(types) as TranscriptForm[]

/** The media type in which a transcript without times came in: it has the form of HTML alone. */
export const untimedOrigin = 'text/plain'

/** The addresses of an episode's transcript in all its forms. */
export const transcriptFiles = (config: Config, episodeId: string, origin: string): TranscriptFile[] =>
  (origin === untimedOrigin ? (['html'] as const) : forms).map((form) => ({
    type: types[form],
    url: transcriptUrl(config, episodeId, form),
  }))

export const tryParseForm = (text: string): TranscriptForm | undefined => forms.find((form) => form === text)

/** A transcript in that form; undefined when it has no times and the form needs them. */
export function printTranscript(
  form: TranscriptForm,
  { passages, language }: Readonly<{ passages: readonly Passage[]; language: string }>,
): Readonly<{ type: string; text: string }> | undefined {
  if (form === 'html') return { type: `${types.html}; charset=utf-8`, text: printHtml(passages, language) }
  if (!isTimed(passages)) return undefined
  switch (form) {
    case 'vtt':
      return { type: `${types.vtt}; charset=utf-8`, text: printVtt(passages) }
    case 'srt':
      return { type: `${types.srt}; charset=utf-8`, text: printSrt(passages) }
    case 'json':
      return { type: types.json, text: JSON.stringify(jsonTranscript(passages)) }
  }
}
