import type { Selectable } from 'kysely'
import type { Db, Schema } from '../core/db.ts'
import type { Episode } from './episode.ts'
import { findServed, mayBeOff } from './rendition.ts'

/** A transcript without its words. */
export type TranscriptRow = Omit<Selectable<Schema['transcript']>, 'segments'>

export type Transcript = Readonly<{
  /** Its passages, one at least, packed. Whatever is made of them is made by `askTextThread`. */
  segments: string
  language: string
  /** The media type in which it came, or `transcriber`. */
  origin: string
  /** It was made for other audio than is served now. */
  mayBeOff: boolean
}>

export async function findTranscript(db: Db, episode: Episode): Promise<Transcript | undefined> {
  const row = await db.selectFrom('transcript').selectAll().where('episodeId', '=', episode.id).executeTakeFirst()
  if (!row) return undefined
  const { segments, language, origin, uploadId } = row
  const served = await findServed(db, episode)
  return { segments, language, origin, mayBeOff: mayBeOff(uploadId, served) }
}

/** What is known of the transcripts of those episodes, by their id. */
export async function findTranscriptRows(db: Db, episodeIds: readonly string[]): Promise<Map<string, TranscriptRow>> {
  if (episodeIds.length === 0) return new Map()
  return byEpisode(await db.selectFrom('transcript').select(columns).where('episodeId', 'in', episodeIds).execute())
}

/** The same of all episodes of a show: one query without a list of ids. */
export async function findTranscriptRowsOfShow(db: Db, showId: string): Promise<Map<string, TranscriptRow>> {
  const rows = await db
    .selectFrom('transcript')
    .innerJoin('episode', 'episode.id', 'transcript.episodeId')
    .select(columns)
    .where('episode.showId', '=', showId)
    .execute()
  return byEpisode(rows)
}

/** Thousands of lines of words are not read where a list is made. */
const columns = ['episodeId', 'language', 'origin', 'transcript.uploadId', 'transcript.updatedAt'] as const

const byEpisode = (rows: readonly TranscriptRow[]) => new Map(rows.map((row) => [row.episodeId, row]))
