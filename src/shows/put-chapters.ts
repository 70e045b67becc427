import type { App } from '../core/app.ts'
import type { Db } from '../core/db.ts'
import { askTextThread } from './ask-text-thread.ts'
import { type Chapter, fitChapters } from './chapter.ts'
import { forgetOtherImages, recogniseImages } from './chapter-image.ts'
import type { ChapterList, ChapterRow } from './chapter-list.ts'
import { type Episode, getEpisode } from './episode.ts'
import { demandMediaType } from './media-type.ts'
import { nameField } from './name-field.ts'
import { type ChaptersType, chapterTypes } from './read-chapters.ts'
import { findServed } from './rendition.ts'
import { retagSoon } from './retagging.ts'
import { announceChange } from './show.ts'

/**
 * Gives an episode chapters in the place of those that it has, from a file as `readChapters` takes it. Throws `not-found`, `gone`,
 * 415, and `invalid` that says what to mend; the old ones stay then.
 */
export async function putChapters(
  app: App,
  episodeId: string,
  contentType: string,
  file: Uint8Array,
): Promise<ChapterList> {
  const type = demandMediaType(contentType, chapterTypes)
  const episode = await getEpisode(app.db, episodeId)
  const served = await findServed(app.db, episode)
  const given = await nameField('chapters', askTextThread('readChapters', file, type, served?.durationSeconds))
  const chapters = await recogniseImages(app, episodeId, given)
  const origin = originOf(type)
  const list = { episodeId, chapters, origin, uploadId: served?.uploadId ?? null, updatedAt: app.clock.now() }
  await changeChapters(app, episode, (db) => saveChapters(db, list))
  return { chapters, origin, mayBeOff: false }
}

const originOf = (type: ChaptersType) => (/json/.test(type) ? 'api' : 'file')

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
