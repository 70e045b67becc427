import type { App } from '../../core/app.ts'
import type { Db } from '../../core/db.ts'
import type { JobPayloads, JobRun } from '../../core/jobs.ts'
import { findShow } from '../../shows/show.ts'
import { enqueuePushes, silenceOf } from './push.ts'
import { anEdit, targetsOf } from './targets.ts'

/** The job that tells the world of the edits of the last minutes, unless a message after them did already. */
export async function tellEdit(app: App, { showId, editedAt }: JobPayloads['tell-edit'], run: JobRun): Promise<void> {
  await app.db.transaction().execute(async (db) => {
    const isUntold = !silenceOf(await findShow(db, showId)) && !(await wasToldSince(db, showId, editedAt))
    if (isUntold) await enqueuePushes(app, db, showId, targetsOf(app.config, anEdit))
    await run.complete(db)
  })
}

async function wasToldSince(db: Db, showId: string, editedAt: number): Promise<boolean> {
  const told = await db
    .selectFrom('push')
    .select('id')
    .where('showId', '=', showId)
    .where('reason', '=', 'update')
    .where('createdAt', '>=', editedAt)
    .limit(1)
    .executeTakeFirst()
  return told !== undefined
}
