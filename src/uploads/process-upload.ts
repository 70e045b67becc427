import path from 'node:path'
import { type Produced, produceAudio } from '../audio/produce.ts'
import type { Tags } from '../audio/recording/tidy-tags.ts'
import type { App } from '../core/app.ts'
import { AppError } from '../core/errors.ts'
import type { JobRun } from '../core/jobs.ts'
import { type Episode, getEpisode } from '../shows/episode.ts'
import { getShow, type Show } from '../shows/show.ts'
import { isEnded, type Upload } from '../shows/upload-state.ts'
import { episodeTags } from './episode-tags.ts'
import { trackProgress } from './progress.ts'
import { publishResult } from './publish-result.ts'
import { type StoredChapters, storeChapters } from './recorded-chapters.ts'
import { isRefusal } from './refusals.ts'
import { withScratch } from './scratch.ts'
import { type Cover, storeCover } from './store-cover.ts'
import { titleOf } from './title.ts'
import { endUpload, findUpload } from './upload.ts'

/**
 * The job that turns an upload into audio that is served: probe, encode, store, and one transaction for all rows.
 * Run twice it gives the same keys and rows. A recording that cannot be used ends in `failed` with a reason; trouble of ours
 * throws, and the job is tried again.
 */
export async function processUpload(app: App, { uploadId }: { uploadId: string }, run: JobRun): Promise<void> {
  const upload = await findUpload(app.db, uploadId)
  if (!upload || isEnded(upload)) return
  const tracker = trackProgress(app, uploadId, run.signal)
  try {
    await withScratch(app.config.home, (folder) => turnIntoAudio(app, upload, folder, run, tracker))
  } catch (error) {
    if (!tracker.isCancelled()) {
      if (!isRefusal(error)) throw error
      await failUpload(app, uploadId, error.message)
    }
  } finally {
    await tracker.stop()
  }
  await removeUnlessReady(app, uploadId)
}

/** The bytes of one that is ready are for the job `keep-original`. */
async function removeUnlessReady(app: App, uploadId: string): Promise<void> {
  const upload = await findUpload(app.db, uploadId)
  if (upload?.state !== 'ready') await app.incoming.remove(uploadId)
}

/** Ends an upload with a reason that a podcaster understands. The audio that is served stays. */
export const failUpload = (app: App, uploadId: string, reason: string): Promise<void> =>
  endUpload(app, uploadId, 'failed', reason)

type Tracker = ReturnType<typeof trackProgress>

async function turnIntoAudio(app: App, upload: Upload, folder: string, run: JobRun, tracker: Tracker): Promise<void> {
  const episode = await getEpisode(app.db, upload.episodeId)
  const show = await getShow(app.db, episode.showId)
  const source = path.join(folder, 'source')
  if (!(await app.incoming.checkOut(upload.id, source))) {
    throw new AppError('gone', 'The uploaded bytes are gone: upload the recording again.')
  }
  const warnings: string[] = []
  let cover: Cover | undefined
  let chapters: StoredChapters | undefined
  const produced = await produceAudio(source, {
    folder,
    filename: upload.filename,
    stereo: { bitrateKbps: show.stereoKbps, targetLufs: show.stereoLufs ?? undefined },
    mono: { bitrateKbps: show.monoKbps, targetLufs: show.monoLufs ?? undefined },
    keepAudio: upload.keepAudio === 1,
    longestSeconds: app.config.maxRecordingHours * 3600,
    threads: app.config.encodeThreads,
    async describe({ tags, ...recorded }) {
      cover = await coverOf(app, show, episode, tags, warnings)
      chapters = await storeChapters(app, episode, recorded)
      const title = titleOf(episode, tags, upload.filename)
      return episodeTags(app, show, episode, { title, cover, chapters, durationSeconds: recorded.durationSeconds })
    },
    signal: tracker.signal,
    onStage: tracker.report,
  })
  tracker.report('storing', 0)
  const key = await storeAudio(app, show, episode, produced)
  tracker.signal.throwIfAborted()
  await tracker.stop()
  await publishResult(
    app,
    { upload, produced, key, cover, chapters, warnings: [...warnings, ...produced.warnings] },
    run,
  )
}

/** Bytes that are named by their hash: putting them twice changes nothing. */
async function storeAudio({ storage }: App, show: Show, episode: Episode, produced: Produced): Promise<string> {
  const key = `shows/${show.id}/episodes/${episode.id}/${produced.sha256}.mp3`
  await storage.putFile(key, produced.path, produced)
  return key
}

/** The cover inside the recording, for an episode that has none; one that breaks a rule is passed over with a warning. */
async function coverOf(app: App, show: Show, episode: Episode, { cover }: Tags, warnings: string[]) {
  if (episode.artworkId !== null || !cover) return undefined
  try {
    return await storeCover(app, show.id, Buffer.from(cover.bytes))
  } catch (error) {
    if (!isRefusal(error)) throw error
    warnings.push(`The cover inside the recording was not used. ${error.message}`)
    return undefined
  }
}
