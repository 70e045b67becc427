import { randomBytes } from 'node:crypto'
import type { App } from '../core/app.ts'
import { unauthorized } from '../core/errors.ts'
import { findApiToken, hashToken } from './api-tokens.ts'

export const sessionSeconds = 30 * 24 * 60 * 60

/** Signs in with an API token. Returns the session's secret, which only the browser keeps. Throws `unauthorized`. */
export async function createSession(app: App, token: string): Promise<string> {
  const apiTokenId = await findApiToken(app.db, token)
  if (!apiTokenId) throw unauthorized('This token is not known. Paste it as it was printed at the first start.')
  const secret = randomBytes(24).toString('base64url')
  const createdAt = app.clock.now()
  await app.db
    .insertInto('session')
    .values({ hash: hashToken(secret), apiTokenId, createdAt, expiresAt: createdAt + sessionSeconds * 1000 })
    .execute()
  return secret
}

/** The id of the API token that the session was opened with; undefined when the session is unknown or over. */
export async function findSession(app: App, secret: string): Promise<string | undefined> {
  const row = await app.db
    .selectFrom('session')
    .select('apiTokenId')
    .where('hash', '=', hashToken(secret))
    .where('expiresAt', '>', app.clock.now())
    .executeTakeFirst()
  return row?.apiTokenId
}

/** Signs out. Ending a session that is over is fine. */
export async function deleteSession(app: App, secret: string): Promise<void> {
  await app.db.deleteFrom('session').where('hash', '=', hashToken(secret)).execute()
}
