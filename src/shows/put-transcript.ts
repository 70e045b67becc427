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
  const about = { language, origin, uploadId: served?.uploadId ?? null, updatedAt: app.clock.now() }
  const row = { episodeId, segments: JSON.stringify(passages), ...about }
  await changeTranscript(app, episode, (db) =>
    db
      .insertInto('transcript')
      .values(row)
      .onConflict((conflict) => conflict.column('episodeId').doUpdateSet(row))
      .execute(),
  )
  return { passages, language, origin, mayBeOff: false }
}

/** Of none it is fine. */
export async function deleteTranscript(app: App, episodeId: string): Promise<void> {
  const episode = await getEpisode(app.db, episodeId)
  await changeTranscript(app, episode, (db) => db.deleteFrom('transcript').where('episodeId', '=', episodeId).execute())
}

/** The one way in which a transcript changes. */
async function changeTranscript(app: App, { showId }: Episode, write: (db: Db) => Promise<unknown>): Promise<void> {
  await app.db.transaction().execute(async (db) => {
    await write(db)
    await announceChange(app, db, showId)
  })
}
