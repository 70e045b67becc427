import type { App } from '../core/app.ts'
import type { Db } from '../core/db.ts'
import { arrangeChapters, type Chapter, fitChapters } from './chapter.ts'
import { forgetOtherImages, recogniseImages } from './chapter-image.ts'
import { parseJsonChapters } from './chapter-json.ts'
import type { ChapterList, ChapterRow } from './chapter-list.ts'
import { parseSimpleChapters } from './chapter-psc.ts'
import { parseChapterText } from './chapter-text.ts'
import { type Episode, getEpisode } from './episode.ts'
import { findServed } from './rendition.ts'
import { retagSoon } from './retagging.ts'
import { announceChange } from './show.ts'
import { forMediaType } from './text-body.ts'

const formats = {
  'application/json+chapters': { parse: parseJsonChapters, origin: 'api' },
  'application/json': { parse: parseJsonChapters, origin: 'api' },
  'text/plain': { parse: parseChapterText, origin: 'file' },
  'application/xml': { parse: parseSimpleChapters, origin: 'file' },
  'text/xml': { parse: parseSimpleChapters, origin: 'file' },
} as const

/** The media types that chapters are taken in. */
export const chapterTypes = Object.keys(formats)

/**
 * Gives an episode chapters in the place of those that it has: JSON chapters, Podlove Simple Chapters, the text form of these,
 * or labels of Audacity. Throws `not-found`, `gone`, 415, and `invalid` that says what to mend; the old ones stay then.
 */
export async function putChapters(
  app: App,
  episodeId: string,
  contentType: string,
  text: string,
): Promise<ChapterList> {
  const { parse, origin } = forMediaType(formats, contentType)
  const episode = await getEpisode(app.db, episodeId)
  const served = await findServed(app.db, episode)
  const given = arrangeChapters(parse(text), served?.durationSeconds)
  const chapters = await recogniseImages(app, episodeId, given)
  const list = { episodeId, chapters, origin, uploadId: served?.uploadId ?? null, updatedAt: app.clock.now() }
  await changeChapters(app, episode, (db) => saveChapters(db, list))
  return { chapters, origin, mayBeOff: false }
}

/** Takes away the chapters that were given or found; times in the show notes count again. Of none it is fine. */
export async function deleteChapters(app: App, episodeId: string): Promise<void> {
  const episode = await getEpisode(app.db, episodeId)
  await changeChapters(app, episode, async (db) => {
    await db.deleteFrom('chapterList').where('episodeId', '=', episodeId).execute()
    await forgetOtherImages(db, episodeId, [])
  })
}

/**
 * Keeps the chapters that a recording had, for the job that publishes it: in its transaction, which announces the change.
 * Pictures in them are rows of `chapterImage` to be inserted after this. False when nothing was kept: there were none, or
 * somebody gave the episode chapters of its own.
 */
export async function saveRecordedChapters(
  db: Db,
  { id }: Pick<Episode, 'id'>,
  recorded: Readonly<{ chapters: readonly Chapter[]; uploadId: string; durationSeconds: number; at: number }>,
): Promise<boolean> {
  const chapters = fitChapters(recorded.chapters, recorded.durationSeconds)
  const stored = await db.selectFrom('chapterList').select('origin').where('episodeId', '=', id).executeTakeFirst()
  if (chapters.length === 0 || (stored && stored.origin !== 'recording')) return false
  const { uploadId, at: updatedAt } = recorded
  await saveChapters(db, { episodeId: id, chapters, origin: 'recording', uploadId, updatedAt })
  return true
}

/** The one way in which a person changes chapters: what else must follow such a change is asked for here. */
async function changeChapters(
  app: App,
  { id, showId, renditionId }: Episode,
  write: (db: Db) => Promise<void>,
): Promise<void> {
  await app.db.transaction().execute(async (db) => {
    await write(db)
    if (renditionId !== null) await retagSoon(app, db, id)
    await announceChange(app, db, showId)
  })
}

async function saveChapters(
  db: Db,
  { chapters, ...list }: Omit<ChapterRow, 'chapters'> & { chapters: readonly Chapter[] },
): Promise<void> {
  const row = { ...list, chapters: JSON.stringify(chapters) }
  await db
    .insertInto('chapterList')
    .values(row)
    .onConflict((conflict) => conflict.column('episodeId').doUpdateSet(row))
    .execute()
  await forgetOtherImages(db, row.episodeId, chapters)
}
