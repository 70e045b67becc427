import type { App } from '../core/app.ts'
import { type Db, isUniqueViolation } from '../core/db.ts'
import { conflict, notFound } from '../core/errors.ts'
import { type FormerAddress, findHolder } from './former-address.ts'
import { normalPath, parseFormerPath } from './former-path.ts'
import { announceChange, getShow } from './show.ts'

/** More than any show has moved. */
const mostAliases = 100

/**
 * Has a path at which a show's feed was to be found before it came here answer with where it is now. Throws `invalid`, `not-found`,
 * `gone`, and `conflict` when the path leads to some show already.
 */
export async function addAlias(app: App, showId: string, text: string): Promise<FormerAddress> {
  await getShow(app.db, showId)
  const alias: FormerAddress = { path: parseFormerPath(text), showId, kind: 'feed', createdAt: app.clock.now() }
  try {
    await app.db.transaction().execute(async (db) => {
      await db.insertInto('formerAddress').values(alias).execute()
      await demandFew(db, showId)
      await announceChange(app, db, showId)
    })
  } catch (error) {
    if (isUniqueViolation(error)) throw await taken(app.db, alias.path)
    throw error
  }
  return alias
}

/** In the order of their paths. Throws `not-found` and `gone`. */
export async function listAliases({ db }: App, showId: string): Promise<FormerAddress[]> {
  await getShow(db, showId)
  return aliasesOf(db, showId).selectAll().orderBy('path').execute()
}

/** Has nothing answer there any more. Throws `not-found` and `gone`. */
export async function removeAlias(app: App, showId: string, path: string): Promise<void> {
  await getShow(app.db, showId)
  await app.db.transaction().execute(async (db) => {
    const removed = await db
      .deleteFrom('formerAddress')
      .where('showId', '=', showId)
      .where('kind', '=', 'feed')
      .where('path', '=', path.startsWith('/') ? normalPath(path) : path)
      .returning('path')
      .executeTakeFirst()
    if (!removed) throw notFound('alias', path)
    await announceChange(app, db, showId)
  })
}

const aliasesOf = (db: Db, showId: string) =>
  db.selectFrom('formerAddress').where('showId', '=', showId).where('kind', '=', 'feed')

async function demandFew(db: Db, showId: string): Promise<void> {
  const { count } = await aliasesOf(db, showId)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  if (count > mostAliases) throw conflict(`A show has at most ${mostAliases} aliases. Take one away first.`)
}

async function taken(db: Db, path: string) {
  const holder = await findHolder(db, path)
  return conflict(
    `“${path}” leads to the feed of the show “${holder?.title}” already. Take it away there first.`,
    'path',
  )
}
