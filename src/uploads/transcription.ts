import type { App } from '../core/app.ts'
import type { Db } from '../core/db.ts'
import { conflict, notFound } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import { getEpisode, lockEpisode } from '../shows/episode.ts'
import { findServed } from '../shows/rendition.ts'
import { isAtWork, type Transcription, type TranscriptionState, workingStates } from '../shows/transcription-state.ts'

/**
 * Has the station's transcriber make the transcript of an episode. Throws `not-found`, `gone`, and `conflict` when the station
 * has no transcriber, the episode no audio, or when that audio is being transcribed already.
 */
export async function requestTranscription(app: App, episodeId: string): Promise<Transcription> {
  if (!app.config.transcribeCommand) throw conflict(noTranscriber)
  return app.db.transaction().execute(async (db) => {
    const served = await findServed(db, await lockEpisode(db, episodeId))
    if (!served) throw conflict('This episode has no audio yet: upload its recording first.')
    const present = await find(db, episodeId)
    if (present && isAtWork(present) && present.uploadId === served.uploadId) throw conflict(isRunning)

    const transcription = newTranscription(episodeId, served.uploadId, app.clock.now())
    await db.deleteFrom('transcription').where('episodeId', '=', episodeId).execute()
    await db.insertInto('transcription').values(transcription).execute()
    await app.jobs.enqueue('transcribe-episode', { transcriptionId: transcription.id }, { db, key: episodeId })
    return transcription
  })
}

/** Throws `not-found`, also when it was never asked for, and `gone`. */
export async function getTranscription(app: App, episodeId: string): Promise<Transcription> {
  await getEpisode(app.db, episodeId)
  const transcription = await find(app.db, episodeId)
  if (!transcription) throw notFound('transcription of the episode', episodeId)
  return transcription
}

/** Cancels it: its job notices within a second and stops. Of none, or of one that has ended, it is fine. Throws `not-found` and `gone`. */
export async function cancelTranscription(app: App, episodeId: string): Promise<void> {
  await getEpisode(app.db, episodeId)
  const transcription = await find(app.db, episodeId)
  if (transcription) await endTranscription(app, app.db, transcription.id, 'cancelled', 'It was cancelled.')
}

/** Ends it, and says why unless it is ready; returns whether it did. One that has ended stays as it is. */
export async function endTranscription(
  { clock }: App,
  db: Db,
  id: string,
  state: Extract<TranscriptionState, 'ready' | 'failed' | 'cancelled'>,
  reason: string | null = null,
): Promise<boolean> {
  const row = await db
    .updateTable('transcription')
    .set({ state, reason, ...(state === 'ready' && { progress: 1 }), updatedAt: clock.now() })
    .where('id', '=', id)
    .where('state', 'in', workingStates)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

const noTranscriber =
  'This station has no transcriber. Its operator can set TRANSCRIBE_COMMAND to a program that turns audio into WebVTT; ' +
  'a transcript that you have can be uploaded.'
const isRunning = 'This episode is being transcribed already. Wait until that has ended, or cancel it first.'

const find = (db: Db, episodeId: string): Promise<Transcription | undefined> =>
  db.selectFrom('transcription').selectAll().where('episodeId', '=', episodeId).executeTakeFirst()

const newTranscription = (episodeId: string, uploadId: string, now: number): Transcription => ({
  id: newId(),
  episodeId,
  uploadId,
  state: 'waiting',
  progress: 0,
  reason: null,
  createdAt: now,
  updatedAt: now,
})
