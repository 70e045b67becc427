import { buffer } from 'node:stream/consumers'
import { renderApart } from '../artwork/render-apart.ts'
import type { App } from '../core/app.ts'
import { AppError } from '../core/errors.ts'
import { type Artwork, type ArtworkFile, findArtwork } from '../shows/artwork.ts'
import { announceChange } from '../shows/show.ts'
import { storeFiles } from './store-cover.ts'

/** Asks for the pictures that were taken in before there were several sizes: at a worker's start. */
export async function renderOldArtworks({ db, jobs }: App): Promise<void> {
  const rows = await db
    .selectFrom('artwork')
    .leftJoin('artworkFile', 'artworkFile.artworkId', 'artwork.id')
    .select('artwork.id')
    .where('artworkFile.artworkId', 'is', null)
    .execute()
  for (const { id } of rows) await jobs.enqueue('render-artwork', { artworkId: id }, { key: id })
}

/** The job that makes the files of such a picture; feed and pages name them from then on. Done before, it changes nothing. */
export async function renderOldArtwork(app: App, { artworkId }: { artworkId: string }): Promise<void> {
  await demandFiles(app, artworkId)
}

/** The files of a picture, made now where they are missing; none when its bytes are gone or cannot be used. */
export async function demandFiles(app: App, artworkId: string): Promise<readonly ArtworkFile[]> {
  const artwork = await findArtwork(app.db, artworkId)
  if (!artwork || artwork.files.length > 0) return artwork?.files ?? []
  const files = await renderStored(app, artwork)
  if (files.length > 0) await saveFiles(app, artwork.showId, files)
  return files
}

async function renderStored(app: App, artwork: Artwork): Promise<ArtworkFile[]> {
  const body = await app.storage.open(artwork.key)
  if (!body) return []
  try {
    return await storeFiles(app, artwork, (await renderApart(await buffer(body))).files)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid') throw error
    app.log.warn({ error, artworkId: artwork.id }, 'a picture is served as it is: its sizes could not be made')
    return []
  }
}

async function saveFiles(app: App, showId: string, files: readonly ArtworkFile[]): Promise<void> {
  await app.db.transaction().execute(async (db) => {
    await db
      .insertInto('artworkFile')
      .values(files)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await announceChange(app, db, showId)
  })
}
