import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { RecordedChapter } from '../audio/recording/chapter.ts'
import type { App } from '../core/app.ts'
import type { Db } from '../core/db.ts'
import { newId } from '../core/ids.ts'
import { type Chapter, fitChapters } from '../shows/chapter.ts'
import type { ChapterImage } from '../shows/chapter-image.ts'
import type { Episode } from '../shows/episode.ts'
import { saveRecordedChapters } from '../shows/put-chapters.ts'

/** Chapters that were in a recording, their pictures stored; `saveChapters` makes them known. */
export type StoredChapters = Readonly<{
  chapters: readonly Chapter[]
  images: readonly ChapterImage[]
  durationSeconds: number
}>

/** Stores the pictures of a recording's chapters under the hashes of their bytes. */
export async function storeChapters(
  app: App,
  episode: Episode,
  { chapters, durationSeconds }: Readonly<{ chapters: readonly RecordedChapter[]; durationSeconds: number }>,
): Promise<StoredChapters> {
  const images: ChapterImage[] = []
  const linked: Chapter[] = []
  for (const { image, ...chapter } of chapters) {
    const stored = image && (await storeImage(app, episode, image))
    if (stored) images.push(stored)
    linked.push({ ...chapter, imageId: stored?.id })
  }
  return { chapters: fitChapters(linked, durationSeconds), images, durationSeconds }
}

/** Keeps them for an episode that has no chapters of its own, in the transaction of the job that publishes the recording. */
export async function keepChapters(
  { clock }: App,
  db: Db,
  episode: Episode,
  { chapters, images, durationSeconds, uploadId }: StoredChapters & Readonly<{ uploadId: string }>,
): Promise<void> {
  const isKept = await saveRecordedChapters(db, episode, { chapters, uploadId, durationSeconds, at: clock.now() })
  if (isKept && images.length > 0) await db.insertInto('chapterImage').values(images).execute()
}

async function storeImage(
  { storage, clock }: App,
  { id: episodeId, showId }: Episode,
  { type, bytes }: NonNullable<RecordedChapter['image']>,
): Promise<ChapterImage> {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const key = `shows/${showId}/episodes/${episodeId}/chapters/${sha256}.${type === 'image/png' ? 'png' : 'jpg'}`
  await storage.put(key, Readable.from([Buffer.from(bytes)]), { type, size: bytes.length })
  return { id: newId(), episodeId, key, type, bytes: bytes.length, sha256, createdAt: clock.now() }
}
