import { createWriteStream } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { measureRecording } from '../audio/measure-recording.ts'
import type { App } from '../core/app.ts'
import type { JobRun } from '../core/jobs.ts'
import { findRendition } from '../shows/rendition.ts'
import { findWaveform, saveWaveform } from '../shows/waveform.ts'
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
  const rendition = await findRendition(app, renditionId)
  if (!rendition || rendition.measuredAt !== null) return
  await withScratch(config.home, async (folder) => {
    const body = await storage.open(rendition.key)
    if (!body) return
    const file = path.join(folder, 'published.mp3')
    await pipeline(body, createWriteStream(file), { signal })
    const longestSeconds = (config.maxRecordingHours + 1) * hourSeconds
    const { lufs, peakDbtp, waveform } = await measureRecording(file, { folder, longestSeconds, signal })
    await drawIfMissing(app, rendition.uploadId, waveform)
    await db
      .updateTable('rendition')
      .set({ lufs: finite(lufs), peakDbtp: finite(peakDbtp), measuredAt: app.clock.now() })
      .where('uploadId', '=', rendition.uploadId)
      .where('alternateOf', 'is', null)
      .execute()
  })
}

/** Has the audio measured that is served and never was: that of stations from before loudness was measured. */
export async function measureOldRenditions({ db, jobs }: App): Promise<void> {
  const renditions = await db
    .selectFrom('episode')
    .innerJoin('rendition', 'rendition.id', 'episode.renditionId')
    .select('rendition.id')
    .where('rendition.measuredAt', 'is', null)
    .where('episode.deletedAt', 'is', null)
    .execute()
  for (const { id } of renditions) await jobs.enqueue('measure-rendition', { renditionId: id }, { key: id })
}

/** Audio from before waveforms were drawn gets one too. */
async function drawIfMissing({ db, clock }: App, uploadId: string, peaks: readonly number[]): Promise<void> {
  if (!(await findWaveform(db, uploadId))) await saveWaveform(db, { uploadId, peaks, createdAt: clock.now() })
}
