import type { App } from '../core/app.ts'
import type { JobRun } from '../core/jobs.ts'
import { type CatalogueAt, createCatalogues } from './roll-up/catalogue.ts'
import { countBatch } from './roll-up/count-batch.ts'
import { getCursor, moveCursor, Overtaken } from './roll-up/cursor.ts'
import { forgetHits } from './roll-up/forget-hits.ts'
import { recountEpisode } from './roll-up/recount-episode.ts'
import { askRecounts, nextRecount } from './roll-up/recounts.ts'
import { type Rules, rulesOf } from './rules.ts'

/** The lane is there for others too: what is left then is another job's. */
const longestRunMs = 10_000

/**
 * The job that keeps reports up to date: counts what has come into the log since, then anew what is to be counted anew, then
 * forgets hits that are old. Harmless when it runs twice at once: whoever comes second leaves it to the other.
 */
export async function rollUp(app: App, _payload: object, { signal }: JobRun): Promise<void> {
  const endAt = performance.now() + longestRunMs
  try {
    const rules = await rulesOf(app)
    await adoptRules(app, rules)
    const catalogueAt = createCatalogues(app.db)
    while (await countSome(app, rules, catalogueAt)) {
      signal.throwIfAborted()
      if (performance.now() > endAt) return await rollUpSoon(app)
    }
    await forgetHits(app)
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error
  }
}

/** Has it run at once. */
export const rollUpSoon = ({ jobs }: Pick<App, 'jobs'>): Promise<void> =>
  jobs.enqueue('roll-up', {}, { key: 'roll-up' })

/** The next hits, or else the next episode that is to be counted anew. Returns false when neither is there. */
async function countSome(app: App, rules: Rules, catalogueAt: CatalogueAt): Promise<boolean> {
  if (await countBatch(app, rules, catalogueAt)) return true
  const recount = await nextRecount(app.db)
  if (recount) await recountEpisode(app, rules, recount)
  return recount !== undefined
}

/** By other rules than before, all is counted anew. */
async function adoptRules({ db, log }: App, { fingerprint }: Rules): Promise<void> {
  const cursor = await getCursor(db)
  if (cursor.rules === fingerprint) return
  await db.transaction().execute(async (transaction) => {
    await moveCursor(transaction, cursor, { rules: fingerprint })
    if (cursor.position > 0) await askRecounts(transaction, {})
  })
  if (cursor.position > 0) log.info('downloads are counted anew, because the rules of counting have changed')
}
