import type { Selectable } from 'kysely'
import type { App } from '../core/app.ts'
import type { Db, Schema } from '../core/db.ts'
import type { Episode } from './episode.ts'

/** Audio as it is served. */
export type Rendition = Selectable<Schema['rendition']>

const dayMs = 24 * 60 * 60 * 1000

/** How long audio that was replaced can be restored. */
export const keepRetiredMs = 30 * dayMs

/**
 * How long it is still served to those who hold its own address: a CDN in the middle of a file, a player after a pause. Not
 * longer, because a podcaster may have replaced it for a reason.
 */
export const serveRetiredMs = dayMs

export const findRendition = ({ db }: Pick<App, 'db'>, id: string): Promise<Rendition | undefined> =>
  db.selectFrom('rendition').selectAll().where('id', '=', id).executeTakeFirst()

/** The renditions with those ids, by id; null ids are passed over. */
export async function findRenditions({ db }: App, ids: readonly (string | null)[]): Promise<Map<string, Rendition>> {
  const wanted = ids.filter((id) => id !== null)
  if (wanted.length === 0) return new Map()
  return byId(await db.selectFrom('rendition').selectAll().where('id', 'in', wanted).execute())
}

const toldColumns = [
  ...(['id', 'uploadId', 'type', 'bytes', 'sha384', 'durationSeconds', 'bitrateKbps'] as const),
  ...(['channels', 'sampleRateHz', 'lufs', 'peakDbtp'] as const),
] as const

/** What feeds tell of it, and what directories look at. A long show is read in half of the time without the rest. */
export type ToldRendition = Pick<Rendition, (typeof toldColumns)[number]>

/** What all episodes of a show serve now, by id: one query without a list of ids, however long the show is. */
export async function findRenditionsOfShow({ db }: App, showId: string): Promise<Map<string, ToldRendition>> {
  const rows = await db
    .selectFrom('rendition')
    .innerJoin('episode', 'episode.renditionId', 'rendition.id')
    .select(toldColumns.map((column) => `rendition.${column}` as const))
    .where('episode.showId', '=', showId)
    .execute()
  return byId(rows)
}

const extensions: Readonly<Record<string, string>> = { 'audio/mpeg': 'mp3', 'audio/x-m4a': 'm4a' }

/** What the file names of audio of that media type end with, without the dot. */
export const audioExtension = (type: string): string => extensions[type] ?? 'mp3'

/** Whether a file of that name is that audio: any name is, as long as it ends as the bytes are. */
export const isNamedLike = (file: string, { type }: Pick<Rendition, 'type'>): boolean =>
  file.toLowerCase().endsWith(`.${audioExtension(type)}`)

/** What a text about the audio of an episode must fit: the upload that is served, and its length. */
export type Served = Pick<Rendition, 'uploadId' | 'durationSeconds'>

/** Undefined while there is no audio. */
export async function findServed(db: Db, { renditionId }: Pick<Episode, 'renditionId'>): Promise<Served | undefined> {
  if (renditionId === null) return undefined
  const columns = ['uploadId', 'durationSeconds'] as const
  return db.selectFrom('rendition').select(columns).where('id', '=', renditionId).executeTakeFirst()
}

/** Whether the times of a text that was made for one upload may be off, because another is served now. */
export const mayBeOff = (madeFor: string | null, served: Served | undefined): boolean =>
  madeFor !== null && served !== undefined && served.uploadId !== madeFor

const byId = <Row extends Pick<Rendition, 'id'>>(rows: readonly Row[]) => new Map(rows.map((row) => [row.id, row]))
