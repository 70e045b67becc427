import type { Db } from '../core/db.ts'
import { findUpload } from './upload.ts'

const beginning = 'There is no AAC of the bit rate that the show asks for: '

export const originalGone = `${beginning}the recording itself is not kept here any more. To get one, upload it again.`

export const gaveUp = `${beginning}making it failed several times. The log says why.`

/** Has an upload say why its audio has no AAC, in the place of what it said of it before; undefined: it has. */
export async function noteMissingAac(db: Db, uploadId: string, reason: string | undefined): Promise<void> {
  const upload = await findUpload(db, uploadId)
  if (!upload) return
  const before: string[] = JSON.parse(upload.warnings)
  const others = before.filter((warning) => !warning.startsWith(beginning))
  const warnings = JSON.stringify(reason ? [...others, reason] : others)
  if (warnings === upload.warnings) return
  await db.updateTable('upload').set({ warnings }).where('id', '=', uploadId).execute()
}
