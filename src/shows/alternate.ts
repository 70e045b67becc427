import type { App } from '../core/app.ts'
import type { Db } from '../core/db.ts'
import type { Episode } from './episode.ts'
import { enclosureFile } from './episode-state.ts'
import { audioExtension, type Rendition } from './rendition.ts'

/** The name of its file: the enclosure's, with its own extension. */
export const alternateFile = (episode: Pick<Episode, 'enclosureFile' | 'slug'>, { type }: Pick<Rendition, 'type'>) =>
  enclosureFile(episode).replace(/\.mp3$/i, `.${audioExtension(type)}`)

/** What stands beside that rendition; undefined when nothing does. */
export const findAlternate = async (db: Db, renditionId: string): Promise<Rendition | undefined> =>
  served(db).where('alternateOf', '=', renditionId).executeTakeFirst()

/** What stands beside those renditions, by their ids; null ids are passed over. */
export async function findAlternates({ db }: App, ids: readonly (string | null)[]): Promise<Map<string, Rendition>> {
  const wanted = ids.filter((id) => id !== null)
  if (wanted.length === 0) return new Map()
  return byEnclosure(await served(db).where('alternateOf', 'in', wanted).execute())
}

/** The same for all that a show serves: one query without a list of ids. */
export async function findAlternatesOfShow({ db }: App, showId: string): Promise<Map<string, Rendition>> {
  return byEnclosure(
    await served(db)
      .innerJoin('episode', 'episode.renditionId', 'rendition.alternateOf')
      .where('episode.showId', '=', showId)
      .execute(),
  )
}

/** The newest that was made of an upload's audio and is kept, whether it is served or not. */
export const findKeptAlternate = async (db: Db, uploadId: string): Promise<Rendition | undefined> =>
  db
    .selectFrom('rendition')
    .selectAll()
    .where('uploadId', '=', uploadId)
    .where('alternateOf', 'is not', null)
    .where('removedAt', 'is', null)
    .orderBy('createdAt', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Notes that none of a show's is served any more. */
export async function retireAlternatesOfShow(db: Db, showId: string, now: number): Promise<void> {
  await db
    .updateTable('rendition')
    .set({ retiredAt: now })
    .where('alternateOf', 'is not', null)
    .where('retiredAt', 'is', null)
    .where('episodeId', 'in', db.selectFrom('episode').select('id').where('showId', '=', showId))
    .execute()
}

const served = (db: Db) => db.selectFrom('rendition').selectAll('rendition').where('rendition.retiredAt', 'is', null)

const byEnclosure = (rows: readonly Rendition[]) => new Map(rows.map((row) => [row.alternateOf ?? '', row]))
