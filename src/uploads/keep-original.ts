import { createReadStream } from 'node:fs'
import path from 'node:path'
import type { App } from '../core/app.ts'
import type { JobRun } from '../core/jobs.ts'
import { getEpisode } from '../shows/episode.ts'
import type { Upload } from '../shows/upload-state.ts'
import { withScratch } from './scratch.ts'
import { findUpload } from './upload.ts'
import { awaitsAac } from './wanted-aac.ts'

/**
 * The job that puts a recording beside what was made of it, unless `KEEP_ORIGINALS` says no, and makes room where it waited. After
 * `ready`, because nobody waits for it. One that is not to be kept is left for its AAC, whose job enqueues this one again. Run twice it
 * gives the same key.
 */
export async function keepOriginal(app: App, { uploadId }: { uploadId: string }, run: JobRun): Promise<void> {
  const upload = await findUpload(app.db, uploadId)
  if (upload && !app.config.keepOriginals && (await awaitsAac(app.db, upload))) return
  if (upload && upload.originalKey === null && app.config.keepOriginals) {
    await withScratch(app.config.home, (folder) => store(app, upload, folder, run.signal))
  }
  await app.incoming.remove(uploadId)
}

async function store(app: App, upload: Upload, folder: string, signal: AbortSignal): Promise<void> {
  const recording = path.join(folder, 'recording')
  if (!(await app.incoming.checkOut(upload.id, recording))) return
  const { showId } = await getEpisode(app.db, upload.episodeId)
  const extension = /\.[a-z0-9]{1,8}$/i.exec(upload.filename)?.[0].toLowerCase() ?? ''
  const key = `shows/${showId}/episodes/${upload.episodeId}/originals/${upload.id}${extension}`
  const body = createReadStream(recording, { signal })
  await app.storage.put(key, body, { type: 'application/octet-stream', size: upload.bytes })
  await app.db.updateTable('upload').set({ originalKey: key }).where('id', '=', upload.id).execute()
}
