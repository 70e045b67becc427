import type { Db } from '../core/db.ts'
import { conflict } from '../core/errors.ts'

/** Each has a feed document of its own. */
const mostLeads = 10

/**
 * Throws `conflict` when the good feed tokens of a show are early by more different times than it has documents for. Asked after a
 * change, within its transaction: then the change counts.
 */
export async function demandFewLeads(db: Db, showId: string): Promise<void> {
  const leads = await listLeads(db, showId)
  if (leads.length <= mostLeads) return
  throw conflict(
    `The feed tokens of a show may be early by at most ${mostLeads} different times. Choose one that is in use (${leads.join(', ')}), or take tokens back.`,
    'earlySeconds',
  )
}

/** By how many seconds the good feed tokens of a show are early, each time once, the shortest first. */
export async function listLeads(db: Db, showId: string): Promise<number[]> {
  const rows = await db
    .selectFrom('feedToken')
    .select('earlySeconds')
    .distinct()
    .where('showId', '=', showId)
    .where('revokedAt', 'is', null)
    .orderBy('earlySeconds')
    .execute()
  return rows.map(({ earlySeconds }) => earlySeconds)
}
