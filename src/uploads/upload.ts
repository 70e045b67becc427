import type { App } from '../core/app.ts'
import type { Db } from '../core/db.ts'
import { notFound } from '../core/errors.ts'
import type { UploadView } from '../shows/schemas.ts'
import { endedStates, type Upload, viewUpload } from '../shows/upload-state.ts'

/** What the sender said of a recording, kept beside its bytes while they arrive. */
export type Declaration = Readonly<{
  episodeId: string
  filename: string
  /** Its audio frames are to be published as they are. */
  keepAudio: boolean
}>

/** The same as tus metadata, which has text only. */
export const metadataOf = ({ episodeId, filename, keepAudio }: Declaration): Record<string, string> => ({
  episodeId,
  filename,
  keepAudio: String(keepAudio),
})

export const findUpload = (db: Db, id: string): Promise<Upload | undefined> =>
  db.selectFrom('upload').selectAll().where('id', '=', id).executeTakeFirst()

/** Ends an upload, and says why. One that has ended stays as it is. */
export async function endUpload(
  { db, clock }: App,
  id: string,
  state: 'failed' | 'cancelled',
  reason: string,
): Promise<void> {
  await db
    .updateTable('upload')
    .set({ state, reason, updatedAt: clock.now() })
    .where('id', '=', id)
    .where('state', 'not in', endedStates)
    .execute()
}

/** An upload as the API tells it, from its first byte on. Throws `not-found`. */
export async function getUploadView(app: App, id: string): Promise<UploadView> {
  const upload = await findUpload(app.db, id)
  if (upload) return viewUpload(upload)
  const arriving = await findArriving(app, id)
  if (!arriving) throw notFound('upload', id)
  const { declaration, offset, size } = arriving
  return { id, ...declaration, state: 'receiving', progress: size ? offset / size : 0, warnings: [], bytes: offset }
}

export type Arriving = Readonly<{ declaration: Declaration; offset: number; size: number | undefined }>

/** The upload as the incoming store knows it; undefined when it has none, or something that no door of ours put there. */
export async function findArriving({ incoming }: App, id: string): Promise<Arriving | undefined> {
  try {
    const { metadata, offset, size } = await incoming.store.getUpload(incoming.storeId(id))
    const declaration = metadata && declarationOf(metadata)
    return declaration && { declaration, offset, size }
  } catch (error) {
    if (isAbsence(error)) return undefined
    throw error
  }
}

/** tus metadata (`Upload-Metadata`) as a declaration; undefined when it names no episode. */
export function declarationOf(metadata: Record<string, string | null>): Declaration | undefined {
  const { episodeId, filename, keepAudio } = metadata
  return episodeId ? { episodeId, filename: cleanFilename(filename ?? ''), keepAudio: keepAudio === 'true' } : undefined
}

/** The last part of a path, of at most 255 characters, without control characters; "recording" when nothing is left. */
export function cleanFilename(text: string): string {
  const name = text
    .replace(/^.*[/\\]/s, '')
    .replace(/[\p{Control}\p{Surrogate}]/gu, '')
    .trim()
    .slice(0, 255)
  return name || 'recording'
}

/** tus's stores throw plain objects: 404 and 410 mean that there is nothing. */
function isAbsence(error: unknown): boolean {
  const status = (error as { status_code?: unknown }).status_code
  return status === 404 || status === 410
}
