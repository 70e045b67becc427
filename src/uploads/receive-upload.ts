import { recogniseRecording } from '../audio/recording/recognise.ts'
import type { App } from '../core/app.ts'
import { type Db, isUniqueViolation, storableText } from '../core/db.ts'
import { invalid } from '../core/errors.ts'
import { getEpisode } from '../shows/episode.ts'
import { getShow } from '../shows/show.ts'
import { endedStates, type Upload, type UploadState } from '../shows/upload-state.ts'
import { isRefusal, unsupportedRecording } from './refusals.ts'
import { type Declaration, findArriving, findUpload } from './upload.ts'

const headBytes = 64 * 1024

/**
 * Takes in an upload whose bytes have all arrived: the row and its job in one transaction, after the bytes were made durable.
 * Idempotent. What is plainly no recording is refused, and its bytes removed. Throws `invalid`, `not-found`, `gone`, and 415.
 */
export async function receiveUpload(app: App, id: string, declaration: Declaration, bytes: number): Promise<Upload> {
  const known = await findUpload(app.db, id)
  if (known) return known
  try {
    await getEpisodeToFill(app, declaration.episodeId)
    await refuseOtherThanAudio(app, id, declaration.filename, bytes)
  } catch (error) {
    if (isRefusal(error)) await app.incoming.remove(id)
    throw error
  }
  await app.incoming.settle(id)
  return unlessReceived(app, id, () =>
    app.db.transaction().execute((db) => saveUpload(app, db, id, declaration, bytes)),
  )
}

/** A client that asks again while its last bytes are taken in may have another request of it be first. */
async function unlessReceived(app: App, id: string, save: () => Promise<Upload>): Promise<Upload> {
  try {
    return await save()
  } catch (error) {
    const received = isUniqueViolation(error) ? await findUpload(app.db, id) : undefined
    if (received) return received
    throw error
  }
}

/**
 * Takes in an upload that arrived whole but was never taken in, because the process died in between.
 * False when there is no such upload, or when it is not whole.
 */
export async function recoverUpload(app: App, id: string): Promise<boolean> {
  if (await findUpload(app.db, id)) return false
  const arriving = await findArriving(app, id)
  if (!arriving || arriving.size === undefined || arriving.offset !== arriving.size) return false
  await receiveUpload(app, id, arriving.declaration, arriving.size)
  return true
}

/** Throws unless a recording can be uploaded for that episode. */
export async function getEpisodeToFill({ db }: App, episodeId: string): Promise<void> {
  const episode = await getEpisode(db, episodeId)
  await getShow(db, episode.showId)
}

async function refuseOtherThanAudio({ incoming }: App, id: string, filename: string, bytes: number): Promise<void> {
  if (bytes === 0) throw invalid(`“${filename}” is empty: no bytes arrived. Check the file, then upload it again.`)
  const verdict = await recogniseRecording(await incoming.peek(id, headBytes), filename)
  if (verdict.kind === 'refused') throw unsupportedRecording(verdict.reason)
}

/** Ids are made when the first byte arrives, so the newest upload is the one with the greatest id, whenever it ends. */
async function saveUpload(app: App, db: Db, id: string, declaration: Declaration, bytes: number): Promise<Upload> {
  const { episodeId, filename, keepAudio } = declaration
  const now = app.clock.now()
  const newest = await db
    .updateTable('episode')
    .set({ uploadId: id })
    .where('id', '=', episodeId)
    .where((where) => where.or([where('uploadId', 'is', null), where('uploadId', '<', id)]))
    .returning('id')
    .executeTakeFirst()
  const upload: Upload = {
    id,
    episodeId,
    filename: storableText(filename),
    bytes,
    state: (newest ? 'received' : 'cancelled') satisfies UploadState,
    progress: 0,
    reason: newest ? null : supersededReason,
    warnings: '[]',
    originalKey: null,
    keepAudio: keepAudio ? 1 : 0,
    createdAt: now,
    updatedAt: now,
  }
  await db.insertInto('upload').values(upload).execute()
  if (!newest) return upload
  await cancelOlder(db, upload)
  await app.jobs.enqueue('process-upload', { uploadId: id }, { db })
  return upload
}

const supersededReason = 'A newer upload for this episode took its place.'

async function cancelOlder(db: Db, upload: Upload): Promise<void> {
  await db
    .updateTable('upload')
    .set({ state: 'cancelled', reason: supersededReason, updatedAt: upload.createdAt })
    .where('episodeId', '=', upload.episodeId)
    .where('id', '<', upload.id)
    .where('state', 'not in', endedStates)
    .execute()
}
