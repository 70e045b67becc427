import type { App } from '../core/app.ts'
import type { Db } from '../core/db.ts'
import { type Episode, getEpisode } from './episode.ts'
import { findServed } from './rendition.ts'
import { arrangePassages, arrangeSegments, type Passage } from './segment.ts'
import { announceChange, demandLanguage, getShow } from './show.ts'
import { forMediaType } from './text-body.ts'
import type { Transcript } from './transcript.ts'
import { untimedOrigin } from './transcript-forms.ts'
import { parseJsonTranscript } from './transcript-json.ts'
import { parseSrt } from './transcript-srt.ts'
import { parsePlainTranscript } from './transcript-text.ts'
import { parseVtt } from './transcript-vtt.ts'

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

/** The media types that transcripts are taken in. */
export const transcriptTypes = Object.keys(formats)

/**
 * Gives an episode a transcript in the place of the one that it has: WebVTT, SubRip, JSON, or plain text, which has no times.
 * `language` is a tag (BCP 47); absent: the show's. Throws `not-found`, `gone`, 415, and `invalid` that names what to mend.
 */
export async function putTranscript(
  app: App,
  episodeId: string,
  file: Readonly<{ contentType: string; text: string; language?: string }>,
): Promise<Transcript> {
  const read = forMediaType(formats, file.contentType)
  const episode = await getEpisode(app.db, episodeId)
  const language = file.language ?? (await getShow(app.db, episode.showId)).language
  demandLanguage(language)
  const { passages, origin } = read(file.text)
  const served = await findServed(app.db, episode)
  const written = { passages, language, origin, uploadId: served?.uploadId ?? null }
  await app.db.transaction().execute((db) => saveTranscript(app, db, episode, written))
  return { passages, language, origin, mayBeOff: false }
}

type Written = Pick<Transcript, 'passages' | 'language' | 'origin'> & Readonly<{ uploadId: string | null }>

/** Writes a transcript that was made for an upload, in the place of the one that is there. */
export async function saveTranscript(app: App, db: Db, episode: Episode, written: Written): Promise<void> {
  const { passages, ...about } = written
  const row = { episodeId: episode.id, segments: JSON.stringify(passages), ...about, updatedAt: app.clock.now() }
  await db
    .insertInto('transcript')
    .values(row)
    .onConflict((conflict) => conflict.column('episodeId').doUpdateSet(row))
    .execute()
  await announceChange(app, db, episode.showId)
}

/** Of none it is fine. */
export async function deleteTranscript(app: App, episodeId: string): Promise<void> {
  const { showId } = await getEpisode(app.db, episodeId)
  await app.db.transaction().execute(async (db) => {
    await db.deleteFrom('transcript').where('episodeId', '=', episodeId).execute()
    await announceChange(app, db, showId)
  })
}
