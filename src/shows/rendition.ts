import type { Selectable } from 'kysely'
import type { App } from '../core/app.ts'
import type { Schema } from '../core/db.ts'

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

export const findRendition = ({ db }: App, id: string): Promise<Rendition | undefined> =>
  db.selectFrom('rendition').selectAll().where('id', '=', id).executeTakeFirst()

/** The renditions with those ids, by id; null ids are passed over. */
export async function findRenditions({ db }: App, ids: readonly (string | null)[]): Promise<Map<string, Rendition>> {
  const wanted = ids.filter((id) => id !== null)
  if (wanted.length === 0) return new Map()
  return byId(await db.selectFrom('rendition').selectAll().where('id', 'in', wanted).execute())
}

/** What all episodes of a show serve now, by id: one query without a list of ids, however long the show is. */
export async function findRenditionsOfShow({ db }: App, showId: string): Promise<Map<string, Rendition>> {
  const rows = await db
    .selectFrom('rendition')
    .innerJoin('episode', 'episode.renditionId', 'rendition.id')
    .selectAll('rendition')
    .where('episode.showId', '=', showId)
    .execute()
  return byId(rows)
}

const byId = (rows: readonly Rendition[]) => new Map(rows.map((row) => [row.id, row]))
