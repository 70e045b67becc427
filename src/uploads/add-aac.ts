import { tagAac } from '../audio/aac/tag-aac.ts'
import type { App } from '../core/app.ts'
import type { Db } from '../core/db.ts'
import type { JobRun } from '../core/jobs.ts'
import { findAlternate } from '../shows/alternate.ts'
import { lockEpisode } from '../shows/episode.ts'
import type { Rendition } from '../shows/rendition.ts'
import { insertRendition, retireAlternate } from '../shows/replace-rendition.ts'
import { announceChange } from '../shows/show.ts'
import { type AacSource, findAacSource } from './aac-source.ts'
import { episodeTags } from './episode-tags.ts'
import { gaveUp, noteMissingAac, originalGone } from './missing-aac.ts'
import { withScratch } from './scratch.ts'
import { findWantedAac, type WantedAac } from './wanted-aac.ts'

const type = 'audio/x-m4a'

/**
 * The job that gives the audio which an episode serves its AAC, or the AAC that it has its new tags. Where the recording is gone, so
 * that none can be made, the upload says so. Run twice it gives the same key.
 */
export async function addAac(app: App, { episodeId }: { episodeId: string }, run: JobRun): Promise<void> {
  const wanted = await findWantedAac(app.db, episodeId)
  if (!wanted) return
  await withScratch(app.config.home, async (folder) => {
    const context = { folder, signal: run.signal }
    const source = await findAacSource(app, wanted, context)
    const model = source && (await storeTagged(app, wanted, source, context))
    await app.db.transaction().execute(async (db) => {
      await lockEpisode(db, episodeId)
      await take(app, db, wanted, model)
      await run.complete(db)
    })
  })
}

/** Tells the podcaster that the job will not be tried again. */
export async function giveUpAac({ db }: App, { episodeId }: { episodeId: string }): Promise<void> {
  const wanted = await findWantedAac(db, episodeId)
  if (wanted) await noteMissingAac(db, wanted.enclosure.uploadId, gaveUp)
}

type Context = Readonly<{ folder: string; signal: AbortSignal }>

/** The AAC with the episode's tags in the storage, and its rendition as it is to be. */
async function storeTagged(
  app: App,
  { show, episode }: WantedAac,
  { path, model }: AacSource,
  context: Context,
): Promise<Rendition> {
  const tags = await episodeTags(app, show, episode, { durationSeconds: model.durationSeconds })
  const tagged = await tagAac(path, tags, context)
  const { bytes, headerBytes, sha256, sha384 } = tagged
  const key = `shows/${show.id}/episodes/${episode.id}/${sha256}.m4a`
  if (key !== model.key) await app.storage.putFile(key, tagged.path, { type })
  return { ...model, key, type, bytes, headerBytes, sha256, sha384 }
}

/** Nothing is taken that was made for other audio than is served now, or at another bit rate than the show asks for now. */
async function take(app: App, db: Db, { enclosure, bitrateKbps }: WantedAac, model?: Rendition): Promise<void> {
  const { uploadId } = enclosure
  const now = await findWantedAac(db, enclosure.episodeId)
  if (now?.enclosure.uploadId === uploadId && now.bitrateKbps === bitrateKbps) {
    if (model) await serve(app, db, now, model)
    await noteMissingAac(db, uploadId, model?.bitrateKbps === bitrateKbps ? undefined : originalGone)
  }
  // It left the recording to this job.
  if (!app.config.keepOriginals) await app.jobs.enqueue('keep-original', { uploadId }, { db })
}

async function serve(app: App, db: Db, { show, enclosure }: WantedAac, model: Rendition): Promise<void> {
  const present = await findAlternate(db, enclosure.id)
  if (present?.sha256 === model.sha256) return
  await retireAlternate(db, enclosure.id, app.clock.now())
  await insertRendition(app, db, { ...model, alternateOf: enclosure.id })
  await announceChange(app, db, show.id)
}
