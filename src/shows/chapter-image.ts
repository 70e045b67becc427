import type { Selectable } from 'kysely'
import { chapterImageUrl } from '../core/addresses.ts'
import type { App } from '../core/app.ts'
import type { Db, Schema } from '../core/db.ts'
import type { Chapter } from './chapter.ts'

/** A picture of a chapter that is stored here. */
export type ChapterImage = Selectable<Schema['chapterImage']>

export const findChapterImage = (db: Db, id: string): Promise<ChapterImage | undefined> =>
  db.selectFrom('chapterImage').selectAll().where('id', '=', id).executeTakeFirst()

export const listChapterImages = (db: Db, episodeId: string): Promise<ChapterImage[]> =>
  db.selectFrom('chapterImage').selectAll().where('episodeId', '=', episodeId).execute()

/** Chapters whose pictures of ours have their public address in `imageUrl`. */
export async function addressImages(
  app: App,
  episodeId: string,
  chapters: readonly Chapter[],
): Promise<readonly Chapter[]> {
  if (chapters.every(({ imageId }) => imageId === undefined)) return chapters
  const urls = new Map((await listAddresses(app, episodeId)).map(({ id, url }) => [id, url]))
  return chapters.map((chapter) => ({ ...chapter, imageUrl: urls.get(chapter.imageId ?? '') ?? chapter.imageUrl }))
}

/** The way back: chapters that name such an address, as our own answers do, have the picture again. */
export async function recogniseImages(
  app: App,
  episodeId: string,
  chapters: readonly Chapter[],
): Promise<readonly Chapter[]> {
  if (chapters.every(({ imageUrl }) => imageUrl === undefined)) return chapters
  const ids = new Map((await listAddresses(app, episodeId)).map(({ id, url }) => [url, id]))
  return chapters.map(({ imageUrl, ...chapter }) => {
    const imageId = ids.get(imageUrl ?? '')
    return imageId ? { ...chapter, imageId } : { ...chapter, imageUrl }
  })
}

/** Forgets the pictures that no chapter has any more; the sweep of the storage takes their bytes. */
export async function forgetOtherImages(db: Db, episodeId: string, chapters: readonly Chapter[]): Promise<void> {
  const kept = new Set(chapters.map(({ imageId }) => imageId))
  const rows = await db.selectFrom('chapterImage').select('id').where('episodeId', '=', episodeId).execute()
  const others = rows.map(({ id }) => id).filter((id) => !kept.has(id))
  if (others.length > 0) await db.deleteFrom('chapterImage').where('id', 'in', others).execute()
}

async function listAddresses({ db, config }: App, episodeId: string): Promise<{ id: string; url: string }[]> {
  const rows = await db.selectFrom('chapterImage').select(['id', 'type']).where('episodeId', '=', episodeId).execute()
  return rows.map(({ id, type }) => ({
    id,
    url: chapterImageUrl(config, episodeId, id, type === 'image/png' ? 'png' : 'jpg'),
  }))
}
