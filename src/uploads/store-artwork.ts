import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { inspectArtwork } from '../artwork/inspect-artwork.ts'
import type { App } from '../core/app.ts'
import { newId } from '../core/ids.ts'
import type { Artwork } from '../shows/artwork.ts'
import { retagShowSoon } from '../shows/retagging.ts'
import { announceChange, getShow, type Show } from '../shows/show.ts'

/** Gives a show its artwork. Throws `invalid` that names Apple's rules which the picture breaks; the old one stays then. */
export async function putArtwork(app: App, showId: string, bytes: Buffer): Promise<Show> {
  await getShow(app.db, showId)
  const artwork = await storeCover(app, showId, bytes)
  await app.db.transaction().execute(async (db) => {
    await db.insertInto('artwork').values(artwork).execute()
    const change = { artworkId: artwork.id, updatedAt: artwork.createdAt }
    await db.updateTable('show').set(change).where('id', '=', showId).execute()
    await retagShowSoon(app, db, showId)
    await announceChange(app, db, showId)
  })
  return getShow(app.db, showId)
}

/** Stores a picture that keeps Apple's rules; the row is the caller's to insert. Each has an address of its own. */
export async function storeCover({ storage, clock }: App, showId: string, bytes: Buffer): Promise<Artwork> {
  const { type, extension, size } = await inspectArtwork(bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const key = `shows/${showId}/artwork/${sha256}.${extension}`
  await storage.put(key, Readable.from([bytes]), { type, size: bytes.length })
  return { id: newId(), showId, key, type, size, bytes: bytes.length, sha256, createdAt: clock.now() }
}
