import type { App } from '../core/app.ts'
import type { Db } from '../core/db.ts'
import { isAtWork, type Transcription, workingStates } from '../shows/transcription-state.ts'
import { keepBeating } from './heartbeat.ts'
import { endTranscription } from './transcription.ts'

/** Marks it as being worked on, from the start; undefined when it was cancelled, or another took its place. */
export async function beginTranscription(app: App, id: string): Promise<Transcription | undefined> {
  return app.db
    .updateTable('transcription')
    .set({ state: 'transcribing', progress: null, updatedAt: app.clock.now() })
    .where('id', '=', id)
    .where('state', 'in', workingStates)
    .returningAll()
    .executeTakeFirst()
}

/**
 * Writes the reported progress twice a second, and learns on the way that the transcript is not wanted any more: then `signal`
 * aborts. It aborts with `outer` too. Call `stop` when the work has ended.
 */
export function followTranscription(app: App, transcription: Transcription, outer: AbortSignal) {
  const { db, clock } = app
  const { id, episodeId } = transcription
  let progress: number | null = null
  let written: number | null = null

  async function beat(): Promise<boolean> {
    const reason = await unwantedBecause(db, transcription)
    if (reason) await endTranscription(app, db, id, 'cancelled', reason)
    else if (progress !== written) {
      written = progress
      await db.updateTable('transcription').set({ progress, updatedAt: clock.now() }).where('id', '=', id).execute()
    }
    return !reason
  }

  const complaint = `the progress of transcribing the episode ${episodeId} could not be written`
  return {
    ...keepBeating(app, beat, { outer, complaint }),
    report(fraction: number): void {
      progress = fraction
    },
  }
}

/** Why the transcript would not be taken any more, as a sentence; undefined while it would. */
export async function unwantedBecause(db: Db, { id, uploadId, createdAt }: Transcription): Promise<string | undefined> {
  const now = await db
    .selectFrom('transcription')
    .innerJoin('episode', 'episode.id', 'transcription.episodeId')
    .leftJoin('rendition', 'rendition.id', 'episode.renditionId')
    .leftJoin('transcript', 'transcript.episodeId', 'episode.id')
    .select(['transcription.state', 'episode.deletedAt', 'rendition.uploadId', 'transcript.updatedAt as givenAt'])
    .where('transcription.id', '=', id)
    .executeTakeFirst()
  if (!now || !isAtWork(now)) return 'It was cancelled.'
  if (now.deletedAt !== null) return 'The episode was deleted.'
  if (now.uploadId !== uploadId) return 'The recording was replaced meanwhile. Have the new one transcribed.'
  if (now.givenAt !== null && now.givenAt > createdAt) return 'A transcript was given meanwhile, which was kept.'
  return undefined
}
