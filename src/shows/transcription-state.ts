import type { Selectable } from 'kysely'
import type { Db, Schema } from '../core/db.ts'
import type { TranscriptionView } from './text-schemas.ts'

export type Transcription = Selectable<Schema['transcription']>

export type TranscriptionState = 'waiting' | 'transcribing' | 'ready' | 'failed' | 'cancelled'

/** The others are ends. */
export const workingStates: readonly string[] = ['waiting', 'transcribing'] satisfies TranscriptionState[]

export const isAtWork = ({ state }: Pick<Transcription, 'state'>): boolean => workingStates.includes(state)

export const viewTranscription = ({ state, progress, reason }: Transcription): TranscriptionView => ({
  state,
  progress,
  ...(reason !== null && { reason }),
})

/** What was wished of those episodes, by their id. */
export async function findTranscriptions(db: Db, episodeIds: readonly string[]): Promise<Map<string, Transcription>> {
  if (episodeIds.length === 0) return new Map()
  const rows = await db.selectFrom('transcription').selectAll().where('episodeId', 'in', episodeIds).execute()
  return new Map(rows.map((row) => [row.episodeId, row]))
}
