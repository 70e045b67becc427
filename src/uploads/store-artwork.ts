import type { App } from '../core/app.ts'
import type { Db } from '../core/db.ts'
import { type Episode, getEpisode } from '../shows/episode.ts'
import { retagShowSoon, retagSoon } from '../shows/retagging.ts'
import { announceChange, getShow, type Show } from '../shows/show.ts'
import { type Cover, insertCover, storeCover } from './store-cover.ts'

type Mended = Pick<Cover, 'mended'>

/** Gives a show its artwork. Throws `invalid` that names the rules which the picture breaks; the old one stays then. */
export async function putArtwork(app: App, showId: string, bytes: Buffer): Promise<Mended & { show: Show }> {
  await getShow(app.db, showId)
  const cover = await storeCover(app, showId, bytes)
  await saveShowArtwork(app, showId, cover)
  return { show: await getShow(app.db, showId), mended: cover.mended }
}

/** Back to the cover that every station has. Taking away what is not there is fine. */
export async function deleteArtwork(app: App, showId: string): Promise<Show> {
  await getShow(app.db, showId)
  await saveShowArtwork(app, showId)
  return getShow(app.db, showId)
}

/** Gives an episode a picture of its own, as `putArtwork` does. */
export async function putEpisodeArtwork(
  app: App,
  episodeId: string,
  bytes: Buffer,
): Promise<Mended & { episode: Episode }> {
  const episode = await getEpisode(app.db, episodeId)
  const cover = await storeCover(app, episode.showId, bytes)
  await saveEpisodeArtwork(app, episode, cover)
  return { episode: await getEpisode(app.db, episodeId), mended: cover.mended }
}

/** Back to the show's picture. Taking away what is not there is fine. */
export async function deleteEpisodeArtwork(app: App, episodeId: string): Promise<Episode> {
  await saveEpisodeArtwork(app, await getEpisode(app.db, episodeId))
  return getEpisode(app.db, episodeId)
}

const saveShowArtwork = (app: App, showId: string, cover?: Cover): Promise<void> =>
  saveArtwork(app, showId, cover, async (db, change) => {
    await db.updateTable('show').set(change).where('id', '=', showId).execute()
    await retagShowSoon(app, db, showId)
  })

const saveEpisodeArtwork = (app: App, { id, showId }: Episode, cover?: Cover): Promise<void> =>
  saveArtwork(app, showId, cover, async (db, change) => {
    await db.updateTable('episode').set(change).where('id', '=', id).execute()
    await retagSoon(app, db, id)
  })

/** The picture that was there before keeps its addresses: feeds and pages that somebody keeps still name them. */
async function saveArtwork(
  app: App,
  showId: string,
  cover: Cover | undefined,
  update: (db: Db, change: { artworkId: string | null; updatedAt: number }) => Promise<void>,
): Promise<void> {
  await app.db.transaction().execute(async (db) => {
    if (cover) await insertCover(db, cover)
    await update(db, { artworkId: cover?.artwork.id ?? null, updatedAt: app.clock.now() })
    await announceChange(app, db, showId)
  })
}
