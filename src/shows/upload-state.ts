import type { Selectable } from 'kysely'
import type { Schema } from '../core/db.ts'
import type { UploadView } from './schemas.ts'

export type Upload = Selectable<Schema['upload']>

export type UploadState =
  | 'received'
  | 'probing'
  | 'measuring'
  | 'encoding'
  | 'storing'
  | 'ready'
  | 'failed'
  | 'cancelled'

/** Nothing more happens to an upload in one of these. */
export const endedStates: readonly string[] = ['ready', 'failed', 'cancelled'] satisfies UploadState[]

export const isEnded = (upload: Pick<Upload, 'state'>): boolean => endedStates.includes(upload.state)

export const viewUpload = ({
  id,
  episodeId,
  state,
  progress,
  reason,
  warnings,
  filename,
  bytes,
  keepAudio,
}: Upload): UploadView => ({
  id,
  episodeId,
  state,
  progress,
  ...(reason !== null && { reason }),
  warnings: JSON.parse(warnings),
  filename,
  bytes,
  keepAudio: keepAudio === 1,
})
