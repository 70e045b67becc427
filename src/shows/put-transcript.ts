import type { App } from '../core/app.ts'
import type { Db } from '../core/db.ts'
import { askTextThread } from './ask-text-thread.ts'
import { type Episode, getEpisode } from './episode.ts'
import { demandLanguage } from './language.ts'
import { demandMediaType } from './media-type.ts'
import { nameField } from './name-field.ts'
import { transcriptTypes } from './read-transcript.ts'
import { findServed } from './rendition.ts'
import { announceChange, getShow } from './show.ts'
import type { Transcript } from './transcript.ts'

/**
 * Gives an episode a transcript in the place of the one that it has: WebVTT, SubRip, JSON, or plain text, which has no times.
 * `language` is a tag (BCP 47); absent: the show's. Throws `not-found`, `gone`, 415, and `invalid` that names what to mend.
 */
export async function putTranscript(
  app: App,
  episodeId: string,
  { contentType, file, language: given }: Readonly<{ contentType: string; file: Uint8Array; language?: string }>,
): Promise<Transcript> {
  const type = demandMediaType(contentType, transcriptTypes)
  const episode = await getEpisode(app.db, episodeId)
  const language = given ?? (await getShow(app.db, episode.showId)).language
  demandLanguage(language)
  const read = await nameField('transcript', askTextThread('readTranscript', file, type))
  const served = await findServed(app.db, episode)
  const written = { ...read, language, uploadId: served?.uploadId ?? null }
  await app.db.transaction().execute((db) => saveTranscript(app, db, episode, written))
  return { ...read, language, mayBeOff: false }
}

type Written = Omit<Transcript, 'mayBeOff'> & Readonly<{ uploadId: string | null }>

/** Writes a transcript that was made for an upload, in the place of the one that is there. */
export async function saveTranscript(app: App, db: Db, episode: Episode, written: Written): Promise<void> {
  const row = { episodeId: episode.id, ...written, updatedAt: app.clock.now() }
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
