import { Readable } from 'node:stream'
import { renderApart } from '../artwork/render-apart.ts'
import type { RenderedFile } from '../artwork/render-artwork.ts'
import type { App } from '../core/app.ts'
import type { Db } from '../core/db.ts'
import { newId } from '../core/ids.ts'
import type { Artwork, ArtworkFile } from '../shows/artwork.ts'

/** A picture whose bytes are stored; `insertCover` makes it known. */
export type Cover = Readonly<{
  artwork: Artwork
  files: readonly ArtworkFile[]
  /** Sentences about what was changed, so that it keeps Apple's rules. */
  mended: readonly string[]
}>

/** Stores a picture as it came, and in every size that is served. Throws `invalid` that names the rules which it breaks. */
export async function storeCover(app: App, showId: string, bytes: Buffer): Promise<Cover> {
  const { original, files, mended } = await renderApart(bytes)
  const { type, extension, size } = original
  const id = newId()
  const sha256 = await sha256Of(bytes)
  const key = `shows/${showId}/artwork/${sha256}.${extension}`
  await app.storage.put(key, Readable.from([bytes]), { type, size: bytes.length })
  return {
    artwork: { id, showId, key, type, size, bytes: bytes.length, sha256, createdAt: app.clock.now() },
    files: await storeFiles(app, { id, showId }, files),
    mended,
  }
}

/** Stores a picture's files under the hashes of their bytes: doing it twice changes nothing. The rows are the caller's to insert. */
export async function storeFiles(
  { storage }: App,
  { id, showId }: Pick<Artwork, 'id' | 'showId'>,
  files: readonly RenderedFile[],
): Promise<ArtworkFile[]> {
  const rows: ArtworkFile[] = []
  for (const { size, type, extension, bytes } of files) {
    const sha256 = await sha256Of(bytes)
    const key = `shows/${showId}/artwork/${sha256}-${size}.${extension}`
    await storage.put(key, Readable.from([bytes]), { type, size: bytes.length })
    rows.push({ artworkId: id, size, type, key, bytes: bytes.length, sha256 })
  }
  return rows
}

export async function insertCover(db: Db, { artwork, files }: Cover): Promise<void> {
  await db.insertInto('artwork').values(artwork).execute()
  await db.insertInto('artworkFile').values(files).execute()
}

/** Hex. Not by `createHash`: 30 MB would hold the thread for longer than any request may. */
const sha256Of = async (bytes: Buffer): Promise<string> =>
  Buffer.from(await crypto.subtle.digest('SHA-256', bytes as BufferSource)).toString('hex')
