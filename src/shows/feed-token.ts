import { randomBytes } from 'node:crypto'
import type { Selectable } from 'kysely'
import { hashToken } from '../accounts/api-tokens.ts'
import type { App } from '../core/app.ts'
import type { Db, Schema } from '../core/db.ts'
import { AppError, conflict, notFound } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import { oneLine } from './one-line.ts'
import { announceChange, getShow } from './show.ts'

/** What opens the private links of a show. Of the token itself only a hash is kept. */
export type FeedToken = Selectable<Schema['feedToken']>

const tokenBytes = 24
const noteUseEveryMs = 60 * 1000

/** Each has a feed document of its own. */
const mostLeads = 10

/** Whom a token is for, and how many seconds before everybody else they get an episode. */
export type FeedTokenFields = Readonly<{ name: string; earlySeconds?: number }>

/**
 * Makes a feed token for one listener, or one group of them. The token can be read only now. Throws `not-found`, `gone`, and
 * `conflict` when the show's tokens are early by too many different times.
 */
export async function createFeedToken(
  app: App,
  showId: string,
  { name, earlySeconds = 0 }: FeedTokenFields,
): Promise<Readonly<{ feedToken: FeedToken; token: string }>> {
  await getShow(app.db, showId)
  const token = randomBytes(tokenBytes).toString('base64url')
  const feedToken: FeedToken = {
    id: newId(),
    showId,
    name: oneLine(name),
    hash: hashToken(token),
    createdAt: app.clock.now(),
    lastUsedAt: null,
    revokedAt: null,
    earlySeconds,
  }
  await app.db.transaction().execute(async (db) => {
    await db.insertInto('feedToken').values(feedToken).execute()
    await demandFewLeads(db, showId)
    await announceChange(app, db, showId)
  })
  return { feedToken, token }
}

/** Newest first, those that were taken back too. Throws `not-found` and `gone`. */
export async function listFeedTokens({ db }: App, showId: string): Promise<FeedToken[]> {
  await getShow(db, showId)
  return db.selectFrom('feedToken').selectAll().where('showId', '=', showId).orderBy('id', 'desc').execute()
}

/** Changes the fields that are given. Throws `not-found`, `gone` when it was taken back, and `conflict` as `createFeedToken` does. */
export async function updateFeedToken(
  app: App,
  id: string,
  { name, earlySeconds }: Partial<FeedTokenFields>,
): Promise<FeedToken> {
  const change = {
    ...(name !== undefined && { name: oneLine(name) }),
    ...(earlySeconds !== undefined && { earlySeconds }),
  }
  return app.db.transaction().execute(async (db) => {
    const feedToken = await getGoodToken(db, id)
    if (Object.keys(change).length > 0) await db.updateTable('feedToken').set(change).where('id', '=', id).execute()
    await demandFewLeads(db, feedToken.showId)
    await announceChange(app, db, feedToken.showId)
    return { ...feedToken, ...change }
  })
}

/** Takes a feed token back: from now on no process takes it. Again is fine. Throws `not-found`. */
export async function revokeFeedToken(app: App, id: string): Promise<void> {
  await app.db.transaction().execute(async (db) => {
    const found = await db
      .updateTable('feedToken')
      .set(({ fn, val }) => ({ revokedAt: fn.coalesce('revokedAt', val(app.clock.now())) }))
      .where('id', '=', id)
      .returning('showId')
      .executeTakeFirst()
    if (!found) throw notFound('feed token', id)
    await announceChange(app, db, found.showId)
  })
}

/** The feed token with that text, good or taken back; undefined when there is none. */
export const findFeedToken = (db: Db, token: string): Promise<FeedToken | undefined> =>
  db.selectFrom('feedToken').selectAll().where('hash', '=', hashToken(token)).executeTakeFirst()

/**
 * The feed token with that text, looked up at each request, so that one that was taken back is refused at once; its use is
 * noted to the minute. Throws `not-found`, and `gone` when it was taken back.
 */
export async function useFeedToken(app: App, token: string): Promise<FeedToken> {
  const feedToken = await findFeedToken(app.db, token)
  if (!feedToken) {
    throw new AppError('not-found', 'This private link is not known here. Copy it again, whole, from where you got it.')
  }
  if (feedToken.revokedAt !== null) {
    throw new AppError('gone', 'This private link was taken back. Ask whoever gave it to you for a new one.')
  }
  noteUse(app, feedToken)
  return feedToken
}

/** Nobody waits for it. */
function noteUse({ db, clock, log }: App, { id, lastUsedAt }: FeedToken): void {
  const now = clock.now()
  if (lastUsedAt !== null && now < lastUsedAt + noteUseEveryMs) return
  db.updateTable('feedToken')
    .set({ lastUsedAt: now })
    .where('id', '=', id)
    .execute()
    .catch((error) => log.warn({ error, feedTokenId: id }, 'the use of a private link could not be noted'))
}

/** Throws `not-found`, and `gone` when it was taken back. */
async function getGoodToken(db: Db, id: string): Promise<FeedToken> {
  const feedToken = await db.selectFrom('feedToken').selectAll().where('id', '=', id).executeTakeFirst()
  if (!feedToken) throw notFound('feed token', id)
  if (feedToken.revokedAt !== null) throw new AppError('gone', 'This feed token was taken back. Make a new one.')
  return feedToken
}

/** Asked after the change, within its transaction: then the change counts. */
async function demandFewLeads(db: Db, showId: string): Promise<void> {
  const leads = await db
    .selectFrom('feedToken')
    .select('earlySeconds')
    .distinct()
    .where('showId', '=', showId)
    .where('revokedAt', 'is', null)
    .orderBy('earlySeconds')
    .execute()
  if (leads.length <= mostLeads) return
  const known = leads.map((lead) => lead.earlySeconds).join(', ')
  throw conflict(
    `The feed tokens of a show may be early by at most ${mostLeads} different times. Choose one that is in use (${known}), or take tokens back.`,
    'earlySeconds',
  )
}
