import type { Selectable } from 'kysely'
import { artworkUrl, defaultArtworkUrl } from '../core/addresses.ts'
import type { Config } from '../core/config.ts'
import type { Db, Schema } from '../core/db.ts'

export type Artwork = Selectable<Schema['artwork']>

export const findArtwork = (db: Db, id: string): Promise<Artwork | undefined> =>
  db.selectFrom('artwork').selectAll().where('id', '=', id).executeTakeFirst()

/** The pictures with those ids, by id; null ids are passed over. */
export async function findArtworks(db: Db, ids: readonly (string | null)[]): Promise<Map<string, Artwork>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))]
  if (wanted.length === 0) return new Map()
  const rows = await db.selectFrom('artwork').selectAll().where('id', 'in', wanted).execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** The address of the first picture that is there; else of the cover that every station has. */
export function coverUrl(config: Config, ...candidates: (Artwork | undefined)[]): string {
  const artwork = candidates.find((candidate) => candidate !== undefined)
  return artwork ? artworkUrl(config, artwork.id, extensionOf(artwork)) : defaultArtworkUrl(config)
}

const extensionOf = ({ type }: Artwork) => (type === 'image/png' ? 'png' : 'jpg')
