import type { App } from '../core/app.ts'
import type { Db } from '../core/db.ts'
import { getEpisode } from './episode.ts'
import { keepRetiredMs } from './rendition.ts'
import type { RenditionView } from './schemas.ts'

/**
 * The audio that an episode has and had, as long as it is kept: of each upload the newest rendition, newest upload first.
 * Throws `not-found` or `gone`.
 */
export async function listRenditions(app: App, episodeId: string): Promise<RenditionView[]> {
  await getEpisode(app.db, episodeId)
  const rows = await kept(app.db).where('rendition.episodeId', '=', episodeId).execute()
  return rows.filter(isNewestOfUpload).map(viewRendition)
}

/** The same for all episodes of a show, by the episode's id; those without audio are left out. */
export async function listRenditionsOfShow(app: App, showId: string): Promise<Map<string, RenditionView[]>> {
  const rows = await kept(app.db).where('episode.showId', '=', showId).execute()
  const views = new Map<string, RenditionView[]>()
  for (const row of rows.filter(isNewestOfUpload)) {
    views.set(row.episodeId, [...(views.get(row.episodeId) ?? []), viewRendition(row)])
  }
  return views
}

const kept = (db: Db) =>
  db
    .selectFrom('rendition')
    .innerJoin('upload', 'upload.id', 'rendition.uploadId')
    .innerJoin('episode', 'episode.id', 'rendition.episodeId')
    .select([
      'rendition.id',
      'rendition.episodeId',
      'rendition.uploadId',
      'rendition.bytes',
      'rendition.durationSeconds',
    ])
    .select(['rendition.retiredAt', 'upload.filename', 'upload.createdAt', 'episode.renditionId as currentId'])
    .where('rendition.removedAt', 'is', null)
    .where('rendition.alternateOf', 'is', null)
    .orderBy('rendition.uploadId', 'desc')
    .orderBy('rendition.createdAt', 'desc')

type Kept = Awaited<ReturnType<ReturnType<typeof kept>['execute']>>[number]

const isNewestOfUpload = ({ uploadId }: Kept, index: number, rows: readonly Kept[]) =>
  uploadId !== rows[index - 1]?.uploadId

const viewRendition = ({ id, uploadId, filename, createdAt, bytes, durationSeconds, retiredAt, currentId }: Kept) => ({
  id,
  uploadId,
  filename,
  createdAt: new Date(createdAt).toISOString(),
  bytes,
  durationSeconds,
  isCurrent: id === currentId,
  ...(retiredAt !== null && {
    retiredAt: new Date(retiredAt).toISOString(),
    keptUntil: new Date(retiredAt + keepRetiredMs).toISOString(),
  }),
})
