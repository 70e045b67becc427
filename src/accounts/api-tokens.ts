import { createHash, randomBytes } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { App } from '../core/app.ts'
import type { Db, Schema } from '../core/db.ts'

const ownerTokenId = 'owner'

/**
 * Makes sure that the owner can sign in: with `ADMIN_TOKEN` when it is set, which then replaces the one before;
 * else with a token made at first start. Returns that new token, the only time it can be read.
 */
export async function ensureOwnerToken({ db, config, clock }: App): Promise<string | undefined> {
  const token = config.adminToken ?? randomBytes(24).toString('base64url')
  const row = { id: ownerTokenId, name: 'owner', hash: hashToken(token), createdAt: clock.now() }
  if (config.adminToken) {
    await replaceToken(db, row)
    return undefined
  }
  const made = await db
    .insertInto('apiToken')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst()
  return made && token
}

/** Who signed in with the token before is signed out. */
async function replaceToken(db: Db, row: Selectable<Schema['apiToken']>): Promise<void> {
  const isTheSame = await db.selectFrom('apiToken').select('id').where('hash', '=', row.hash).executeTakeFirst()
  if (isTheSame) return
  await db.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('session').where('apiTokenId', '=', row.id).execute()
    await transaction
      .insertInto('apiToken')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ hash: row.hash }))
      .execute()
  })
}

/** The id of the API token with that text; undefined when there is none. */
export async function findApiToken(db: Db, token: string): Promise<string | undefined> {
  const row = await db.selectFrom('apiToken').select('id').where('hash', '=', hashToken(token)).executeTakeFirst()
  return row?.id
}

/** Tokens are long and random, so one SHA-256 is enough to keep them from being read out of a backup. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')
