import type { App } from '../core/app.ts'
import { isEnded, type Upload } from '../shows/upload-state.ts'
import { recoverUpload } from './receive-upload.ts'
import { isRefusal } from './refusals.ts'
import { sweepScratch } from './scratch.ts'
import { findUpload } from './upload.ts'

const dayMs = 24 * 60 * 60 * 1000
const keepUnfinishedMs = 7 * dayMs

/**
 * Puts the incoming store in order: takes in what arrived whole when its process died, deletes what a job has used up a day
 * ago, what nobody finished within a week, and old scratch folders.
 */
export async function sweepIncoming(app: App): Promise<void> {
  const now = app.clock.now()
  for await (const { uploadId, createdAt } of app.incoming.list()) {
    const upload = await findUpload(app.db, uploadId)
    const isUsedUp = upload && isEnded(upload) && upload.updatedAt < now - usedUpAfterMs(upload)
    if (isUsedUp) await app.incoming.remove(uploadId)
    else if (!upload) await takeInOrForget(app, uploadId, createdAt < now - keepUnfinishedMs)
  }
  await sweepScratch(app.config.home, now - dayMs)
}

/** The recording of one that is ready may still wait to be put beside its audio. */
const usedUpAfterMs = ({ state }: Upload) => (state === 'ready' ? keepUnfinishedMs : dayMs)

async function takeInOrForget(app: App, uploadId: string, isOld: boolean): Promise<void> {
  try {
    const isTakenIn = await recoverUpload(app, uploadId)
    if (!isTakenIn && isOld) await app.incoming.remove(uploadId)
  } catch (error) {
    app.log.info({ error, uploadId }, 'an upload that nobody waits for could not be taken in')
    if (isRefusal(error)) await app.incoming.remove(uploadId)
  }
}
