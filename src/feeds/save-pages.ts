import type { Updateable } from 'kysely'
import type { App } from '../core/app.ts'
import type { Db, Schema } from '../core/db.ts'
import { feedKey } from '../shows/change-keys.ts'
import type { FeedDocument } from './feed-document.ts'
import { newestPage } from './pages.ts'

/** A variant of a feed as it is to be stored. */
export type VariantPages = Readonly<{
  showId: string
  variant: string
  /** `Changes.version()` before it was made. */
  version: number
  /** Epoch milliseconds. */
  now: number
  /** What its address says of each page, the newest first. */
  pages: readonly number[]
  /** Those whose content is new. */
  changed: readonly FeedDocument[]
  /** Pages that no other names, and that are not to be kept. */
  forgotten: readonly number[]
}>

/**
 * Stores what changed, all of it or nothing, and tells every process. Pages that are not named any more are kept as they are for
 * a day. An older build, from before a change that another worker has seen, never replaces a newer one. `alongside` is done in the
 * same transaction, where something is stored.
 */
export async function savePages(
  app: App,
  saved: VariantPages,
  alongside: (db: Db) => Promise<void> = async () => {},
): Promise<void> {
  await app.db.transaction().execute(async (db) => {
    if (!(await takeTurn(db, saved))) return
    for (const document of saved.changed) if (document.page !== newestPage) await save(db, document)
    await retireOthers(db, saved)
    await forget(db, saved)
    await alongside(db)
    await app.changes.mark(db, feedKey(saved.showId))
  })
}

/** Notes that this build found nothing to change, so that an older one changes nothing either. False when a newer one was here. */
export async function noteUnchanged(db: Db, saved: VariantPages): Promise<boolean> {
  const seen = await pagesOf(db, saved)
    .set({ version: saved.version })
    .where('page', '=', newestPage)
    .where('version', '<=', saved.version)
    .returning('page')
    .executeTakeFirst()
  return seen !== undefined
}

/** Forgets the variants that nobody can ask for any more. */
export async function forgetVariants({ db }: App, showId: string, kept: readonly string[]): Promise<void> {
  await db.deleteFrom('feedDocument').where('showId', '=', showId).where('variant', 'not in', kept).execute()
}

/**
 * Writes the newest page, or that this build has seen it unchanged; from here on other builds of this variant wait. False when
 * a newer one was here before.
 */
async function takeTurn(db: Db, saved: VariantPages): Promise<boolean> {
  const newest = saved.changed.find(({ page }) => page === newestPage)
  return newest ? save(db, newest) : noteUnchanged(db, saved)
}

async function save(db: Db, document: FeedDocument): Promise<boolean> {
  const { showId: _show, variant: _variant, page: _page, ...content } = document
  const saved = await db
    .insertInto('feedDocument')
    .values(document)
    .onConflict((conflict) =>
      conflict
        .columns(['showId', 'variant', 'page'])
        .doUpdateSet(content satisfies Updateable<Schema['feedDocument']>)
        .where('feedDocument.version', '<=', document.version),
    )
    .returning('page')
    .executeTakeFirst()
  return saved !== undefined
}

async function retireOthers(db: Db, saved: VariantPages): Promise<void> {
  const { now, pages } = saved
  await pagesOf(db, saved)
    .set({ retiredAt: now })
    .where('retiredAt', 'is', null)
    .where('page', 'not in', pages)
    .execute()
  await pagesOf(db, saved)
    .set({ retiredAt: null })
    .where('retiredAt', 'is not', null)
    .where('page', 'in', pages)
    .execute()
}

async function forget(db: Db, { showId, variant, forgotten }: VariantPages): Promise<void> {
  if (forgotten.length === 0) return
  await db
    .deleteFrom('feedDocument')
    .where('showId', '=', showId)
    .where('variant', '=', variant)
    .where('page', 'in', forgotten)
    .execute()
}

const pagesOf = (db: Db, { showId, variant }: VariantPages) =>
  db.updateTable('feedDocument').where('showId', '=', showId).where('variant', '=', variant)
