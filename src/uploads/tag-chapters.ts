import { buffer } from 'node:stream/consumers'
import type { RecordedChapter } from '../audio/recording/chapter.ts'
import type { App } from '../core/app.ts'
import type { Chapter } from '../shows/chapter.ts'
import { type ChapterImage, listChapterImages } from '../shows/chapter-image.ts'
import { findChapters } from '../shows/chapter-list.ts'
import type { Episode } from '../shows/episode.ts'
import type { StoredChapters } from './recorded-chapters.ts'

/**
 * The chapters that the tags of an episode's audio have: those that it was given, else those of the recording that is being
 * published, else those it has. Hidden ones are left out, because tags cannot hide them.
 */
export async function tagChaptersOf(app: App, episode: Episode, recorded?: StoredChapters): Promise<RecordedChapter[]> {
  const list = await findChapters(app.db, episode)
  const isGiven = list?.origin === 'file' || list?.origin === 'api'
  if (recorded && recorded.chapters.length > 0 && !isGiven) return fill(app, recorded.chapters, recorded.images)
  return list ? fill(app, list.chapters, await listChapterImages(app.db, episode.id)) : []
}

async function fill(
  { storage }: App,
  chapters: readonly Chapter[],
  images: readonly ChapterImage[],
): Promise<RecordedChapter[]> {
  const filled: RecordedChapter[] = []
  for (const { startSeconds, endSeconds, title, url, imageId, isHidden } of chapters) {
    if (isHidden) continue
    const image = images.find(({ id }) => id === imageId)
    const body = image && (await storage.open(image.key))
    filled.push({
      startSeconds,
      endSeconds,
      title,
      url,
      image: body && { type: image.type as 'image/jpeg' | 'image/png', bytes: await buffer(body) },
    })
  }
  return filled
}
