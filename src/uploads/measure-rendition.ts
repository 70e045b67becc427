import { createWriteStream } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { measureRecording } from '../audio/measure-recording.ts'
import type { App } from '../core/app.ts'
import type { JobRun } from '../core/jobs.ts'
import { finite } from './finite.ts'
import { withScratch } from './scratch.ts'

const hourSeconds = 3600

/**
 * The job that measures what listeners really hear: the finished file, decoded again. It counts for every rendition of the same
 * audio. A file that is gone meanwhile is passed over.
 */
export async function measureRendition(
  app: App,
  { renditionId }: { renditionId: string },
  { signal }: JobRun,
): Promise<void> {
  const { db, storage, config } = app
  const rendition = await db.selectFrom('rendition').selectAll().where('id', '=', renditionId).executeTakeFirst()
  if (!rendition || rendition.measuredAt !== null) return
  await withScratch(config.home, async (folder) => {
    const body = await storage.open(rendition.key)
    if (!body) return
    const file = path.join(folder, 'published.mp3')
    await pipeline(body, createWriteStream(file), { signal })
    const longestSeconds = (config.maxRecordingHours + 1) * hourSeconds
    const { lufs, peakDbtp } = await measureRecording(file, { folder, longestSeconds, signal })
    await db
      .updateTable('rendition')
      .set({ lufs: finite(lufs), peakDbtp: finite(peakDbtp), measuredAt: app.clock.now() })
      .where('uploadId', '=', rendition.uploadId)
      .execute()
  })
}
