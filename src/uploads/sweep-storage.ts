import type { App } from '../core/app.ts'
import { expireAudio } from './expire-audio.ts'

const pictureTables = ['artwork', 'artworkFile', 'chapterImage'] as const

const dayMs = 24 * 60 * 60 * 1000

/**
 * Deletes stored objects that no row names, or names any more. Only what is a day old is looked at, and only what two looks,
 * an hour apart or more, found unnamed is deleted: a put and its row are never so far apart.
 */
export async function sweepStorage(app: App): Promise<void> {
  const { db, storage, clock } = app
  await expireAudio(app)
  const now = clock.now()
  for await (const { key, modifiedAt } of storage.list('shows')) {
    if (modifiedAt > now - dayMs) continue
    if (await isNamed(app, key)) {
      await db.deleteFrom('orphan').where('key', '=', key).execute()
    } else if (await wasOrphanBefore(app, key, now - dayMs / 24)) {
      await storage.delete(key)
      await db.deleteFrom('orphan').where('key', '=', key).execute()
    }
  }
}

async function isNamed({ db }: App, key: string): Promise<boolean> {
  const [rendition, original] = await Promise.all([
    db.selectFrom('rendition').select('id').where('key', '=', key).where('removedAt', 'is', null).executeTakeFirst(),
    db.selectFrom('upload').select('id').where('originalKey', '=', key).executeTakeFirst(),
  ])
  if (rendition ?? original) return true
  for (const table of pictureTables) {
    if (await db.selectFrom(table).select('key').where('key', '=', key).limit(1).executeTakeFirst()) return true
  }
  return false
}

/** Remembers the first look, and tells whether it was before that instant. */
async function wasOrphanBefore({ db, clock }: App, key: string, before: number): Promise<boolean> {
  await db
    .insertInto('orphan')
    .values({ key, firstSeenAt: clock.now() })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute()
  const row = await db.selectFrom('orphan').select('firstSeenAt').where('key', '=', key).executeTakeFirst()
  return row !== undefined && row.firstSeenAt <= before
}
