import type { App } from '../core/app.ts'
import type { Db } from '../core/db.ts'
import { AppError, notFound } from '../core/errors.ts'
import { addAac } from './aac.ts'
import { type Episode, getEpisode, lockEpisode } from './episode.ts'
import type { Rendition } from './rendition.ts'
import { replaceRendition } from './replace-rendition.ts'
import { retagSoon } from './retagging.ts'
import { announceChange, getShow } from './show.ts'

/**
 * Has an episode's earlier audio served again, under the same GUID and enclosure URL; its tags are made right a minute later.
 * Audio that is served already stays as it is. An upload that is being worked on takes its place when it is ready, being newer.
 * Throws `not-found`, and `gone` when the audio is not kept any more.
 */
export async function restoreRendition(app: App, episodeId: string, renditionId: string): Promise<Episode> {
  const { showId } = await getEpisode(app.db, episodeId)
  await getShow(app.db, showId)
  const { key } = await getKept(app.db, episodeId, renditionId)
  if (!(await app.storage.head(key))) throw notKept()
  await app.db.transaction().execute(async (db) => {
    const episode = await lockEpisode(db, episodeId)
    const rendition = await getKept(db, episodeId, renditionId)
    if (await isServed(db, episode, rendition)) return
    await replaceRendition(app, db, episode, rendition)
    await db.updateTable('episode').set({ updatedAt: app.clock.now() }).where('id', '=', episodeId).execute()
    await retagSoon(app, db, episodeId)
    await addAac(app, db, episode)
    await announceChange(app, db, showId)
  })
  return getEpisode(app.db, episodeId)
}

async function getKept(db: Db, episodeId: string, id: string): Promise<Rendition> {
  const rendition = await db
    .selectFrom('rendition')
    .selectAll()
    .where('id', '=', id)
    .where('episodeId', '=', episodeId)
    .where('alternateOf', 'is', null)
    .executeTakeFirst()
  if (!rendition) throw notFound('audio of this episode', id)
  if (rendition.removedAt !== null) throw notKept()
  return rendition
}

const notKept = () =>
  new AppError(
    'gone',
    'This audio is not kept any more: earlier audio is kept for 30 days. Upload its recording again.',
  )

/** The same audio under other tags is the same audio: there is nothing to restore. */
async function isServed(db: Db, { renditionId }: Episode, { uploadId }: Rendition): Promise<boolean> {
  const served = await db.selectFrom('rendition').select('uploadId').where('id', '=', renditionId).executeTakeFirst()
  return served?.uploadId === uploadId
}
