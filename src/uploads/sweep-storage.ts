import type { App } from '../core/app.ts'

const dayMs = 24 * 60 * 60 * 1000

/**
 * Deletes stored objects that no row names. Only what is a day old is looked at, and only what two looks, an hour apart or more,
 * found unnamed is deleted: a put and its row are never so far apart.
 */
export async function sweepStorage(app: App): Promise<void> {
  const { db, storage, clock } = app
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
  const [rendition, artwork, chapterImage, original] = await Promise.all([
    db.selectFrom('rendition').select('id').where('key', '=', key).executeTakeFirst(),
    db.selectFrom('artwork').select('id').where('key', '=', key).executeTakeFirst(),
    db.selectFrom('chapterImage').select('id').where('key', '=', key).executeTakeFirst(),
    db.selectFrom('upload').select('id').where('originalKey', '=', key).executeTakeFirst(),
  ])
  return Boolean(rendition ?? artwork ?? chapterImage ?? original)
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
