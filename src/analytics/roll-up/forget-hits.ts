import type { App } from '../../core/app.ts'
import { getCursor, moveCursor } from './cursor.ts'

const dayMs = 24 * 60 * 60 * 1000

/** Once a day deletes the hits that are older than KEEP_HITS_DAYS and counted. What was counted of them stays in the reports. */
export async function forgetHits(app: App): Promise<void> {
  const { db, events } = app
  const cursor = await getCursor(db)
  const before = firstKeptDay(app)
  if (before <= cursor.forgottenBefore) return
  await moveCursor(db, cursor, { forgottenBefore: before })
  await events.forget(before, cursor.position)
}

/** The first instant of which hits are kept, so that they can still be counted (epoch ms). */
export const keptSince = async (app: App): Promise<number> =>
  Math.max((await getCursor(app.db)).forgottenBefore, firstKeptDay(app))

const firstKeptDay = ({ clock, config }: App) => (Math.floor(clock.now() / dayMs) - config.keepHitsDays) * dayMs
