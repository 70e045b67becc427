import type { App } from '../core/app.ts'
import { conflict, notFound } from '../core/errors.ts'
import { endUpload, findArriving, findUpload } from './upload.ts'

/**
 * Cancels an upload, while it arrives or while it is worked on: its job notices within a second and stops. To cancel again what
 * is cancelled or failed is fine. Throws `not-found`, and `conflict` when it is ready: its audio is served already.
 */
export async function cancelUpload(app: App, id: string): Promise<void> {
  await endUpload(app, id, 'cancelled', 'It was cancelled.')
  const upload = await findUpload(app.db, id)
  if (!upload && !(await findArriving(app, id))) throw notFound('upload', id)
  if (upload?.state === 'ready') throw conflict('This upload is ready: there is nothing left to cancel.')
  await app.incoming.remove(id)
}
