import type { Selectable } from 'kysely'
import type { Db, Schema } from '../core/db.ts'
import type { Chapter } from './chapter.ts'
import { parseNotesChapters } from './chapter-notes.ts'
import type { Episode } from './episode.ts'
import { findServed, mayBeOff, type Served } from './rendition.ts'

/** Chapters as they are stored. */
export type ChapterRow = Selectable<Schema['chapterList']>

/** From the recording itself, a text file, the API, or the times in the show notes. */
export type ChapterOrigin = 'recording' | 'file' | 'api' | 'notes'

/** The chapters of an episode, in order, one at least. */
export type ChapterList = Readonly<{
  chapters: readonly Chapter[]
  origin: ChapterOrigin
  /** They were made for other audio than is served now. */
  mayBeOff: boolean
}>

/** The chapters that listeners are given; undefined when there are none. */
export async function findChapters(db: Db, episode: Episode): Promise<ChapterList | undefined> {
  const [rows, served] = [await findChapterRows(db, [episode.id]), await findServed(db, episode)]
  return effectiveChapters(episode, rows.get(episode.id), served)
}

/** What is stored, else the times of the show notes; of both what begins before the audio ends. */
export function effectiveChapters(
  { notes }: Pick<Episode, 'notes'>,
  row: ChapterRow | undefined,
  served: Served | undefined,
): ChapterList | undefined {
  const found: Chapter[] = row ? JSON.parse(row.chapters) : parseNotesChapters(notes)
  const end = served?.durationSeconds ?? Number.POSITIVE_INFINITY
  const chapters = found.filter(({ startSeconds }) => startSeconds < end)
  if (chapters.length === 0) return undefined
  const origin = (row?.origin ?? 'notes') as ChapterOrigin
  return { chapters, origin, mayBeOff: mayBeOff(row?.uploadId ?? null, served) }
}

/** What is stored for those episodes, by their id. */
export async function findChapterRows(db: Db, episodeIds: readonly string[]): Promise<Map<string, ChapterRow>> {
  if (episodeIds.length === 0) return new Map()
  return byEpisode(await db.selectFrom('chapterList').selectAll().where('episodeId', 'in', episodeIds).execute())
}

/** What is stored for all episodes of a show, by their id: one query without a list of ids. */
export async function findChapterRowsOfShow(db: Db, showId: string): Promise<Map<string, ChapterRow>> {
  const rows = await db
    .selectFrom('chapterList')
    .innerJoin('episode', 'episode.id', 'chapterList.episodeId')
    .selectAll('chapterList')
    .where('episode.showId', '=', showId)
    .execute()
  return byEpisode(rows)
}

const byEpisode = (rows: readonly ChapterRow[]) => new Map(rows.map((row) => [row.episodeId, row]))
