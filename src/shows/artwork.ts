import type { Selectable } from 'kysely'
import { artworkUrl, defaultArtworkUrl, sizedArtworkUrl } from '../core/addresses.ts'
import type { Config } from '../core/config.ts'
import type { Db, Schema } from '../core/db.ts'

/** A picture as it was uploaded. */
export type Artwork = Selectable<Schema['artwork']>

/** The same as it is served: each size as JPEG and as WebP. */
export type ArtworkFile = Selectable<Schema['artworkFile']>

/** Its files with the largest first. Without any they are still to be made: until then the upload itself is served. */
export type ServedArtwork = Artwork & Readonly<{ files: readonly ArtworkFile[] }>

/** What the views of shows and episodes tell of their picture. */
export type ArtworkView = Readonly<{ artworkUrl: string; artworkSizes: number[] }>

export async function findArtwork(db: Db, id: string): Promise<ServedArtwork | undefined> {
  return (await findArtworks(db, [id])).get(id)
}

/** The pictures with those ids, by id; null ids are passed over. */
export async function findArtworks(db: Db, ids: readonly (string | null)[]): Promise<Map<string, ServedArtwork>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))]
  if (wanted.length === 0) return new Map()
  const [rows, files] = await Promise.all([
    db.selectFrom('artwork').selectAll().where('id', 'in', wanted).execute(),
    db.selectFrom('artworkFile').selectAll().where('artworkId', 'in', wanted).orderBy('size', 'desc').execute(),
  ])
  const pictures = new Map(rows.map((row) => [row.id, { ...row, files: [] as ArtworkFile[] }]))
  for (const file of files) pictures.get(file.artworkId)?.files.push(file)
  return pictures
}

/** The first picture that is there; else the cover that every station has. */
export function viewArtwork(config: Config, ...candidates: (ServedArtwork | undefined)[]): ArtworkView {
  const artwork = candidates.find((candidate) => candidate !== undefined)
  if (!artwork) return { artworkUrl: defaultArtworkUrl(config), artworkSizes: [...defaultArtworkSizes] }
  return { artworkUrl: coverUrl(config, artwork), artworkSizes: [...new Set(artwork.files.map(({ size }) => size))] }
}

/** The picture for directories: the largest JPEG, which keeps all of Apple's rules. */
export const coverUrl = (config: Config, artwork: ServedArtwork): string =>
  artworkUrl(config, artwork.id, artwork.files.length === 0 && artwork.type === 'image/png' ? 'png' : 'jpg')

/** A picture that has at least that many pixels, or the largest there is; the cover itself while no other size was made. */
export function pictureUrl(view: ArtworkView, pixels: number, extension: 'jpg' | 'webp'): string {
  const size = view.artworkSizes.findLast((each) => each >= pixels) ?? view.artworkSizes[0]
  return size === undefined ? view.artworkUrl : sizedArtworkUrl(view.artworkUrl, size, extension)
}

/** Those of src/site/assets/cover, largest first (scripts/make-cover.ts). */
export const defaultArtworkSizes: readonly number[] = [1400, 600, 300]
