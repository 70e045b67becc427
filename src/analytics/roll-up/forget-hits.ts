import type { App } from '../../core/app.ts'
import { getCursor, moveCursor } from './cursor.ts'

const dayMs = 24 * 60 * 60 * 1000

/** Once a day deletes the hits that are older than KEEP_HITS_DAYS and counted. What was counted of them stays in the reports. */
export async function forgetHits({ db, events, clock, config }: App): Promise<void> {
  const cursor = await getCursor(db)
  const before = (Math.floor(clock.now() / dayMs) - config.keepHitsDays) * dayMs
  if (before <= cursor.forgottenBefore) return
  await moveCursor(db, cursor, { forgottenBefore: before })
  await events.forget(before, cursor.position)
}
