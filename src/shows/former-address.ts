import type { Selectable } from 'kysely'
import { showUrl } from '../core/addresses.ts'
import type { App } from '../core/app.ts'
import type { Db, Schema } from '../core/db.ts'
import { conflict } from '../core/errors.ts'
import type { Show } from './show.ts'

/** Where a show, or its feed alone, was to be found before. */
export type FormerAddress = Selectable<Schema['formerAddress']>

/** Whether anything leads to the show, or its feed, from another address than its own. */
export async function hasFormerAddress(db: Db, showId: string): Promise<boolean> {
  const found = await db
    .selectFrom('formerAddress')
    .select('path')
    .where('showId', '=', showId)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** Throws `conflict` when another show had that slug before: its subscribers are led from there to where it is now. */
export async function demandNeverTaken(db: Db, slug: string, showId: string): Promise<void> {
  const holder = await findHolder(db, slugPath(slug))
  if (!holder || holder.showId === showId) return
  throw conflict(
    `The slug “${slug}” was that of the show “${holder.title}”, whose subscribers still come there. Choose another.`,
    'slug',
  )
}

/**
 * Leads whoever comes to a show's slug to the one that it takes instead, which leads nowhere any more if it was its own before:
 * part of the transaction that renames it. Throws as `demandNeverTaken` does.
 */
export async function leaveSlug({ clock }: App, db: Db, { id, slug }: Show, taken: string): Promise<void> {
  await demandNeverTaken(db, taken, id)
  await db.deleteFrom('formerAddress').where('path', '=', slugPath(taken)).execute()
  const former: FormerAddress = { path: slugPath(slug), showId: id, kind: 'slug', createdAt: clock.now() }
  await db
    .insertInto('formerAddress')
    .values(former)
    .onConflict((conflict) => conflict.column('path').doUpdateSet(former))
    .execute()
}

/** Whether some show had that slug before. */
export const wasSlug = async (db: Db, slug: string): Promise<boolean> =>
  (await findHolder(db, slugPath(slug))) !== undefined

/** The show that is led to from that path. */
export const findHolder = (db: Db, path: string): Promise<Readonly<{ showId: string; title: string }> | undefined> =>
  db
    .selectFrom('formerAddress')
    .innerJoin('show', 'show.id', 'formerAddress.showId')
    .select(['showId', 'title'])
    .where('path', '=', path)
    .executeTakeFirst()

/** The path of a show's page, as a row holds it. */
export const slugPath = (slug: string): string => showUrl({ publicUrl: '' }, slug)
