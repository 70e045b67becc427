import type { Selectable } from 'kysely'
import type { Produced } from '../audio/produce.ts'
import type { App } from '../core/app.ts'
import type { Db, Schema } from '../core/db.ts'
import { newId } from '../core/ids.ts'
import type { JobRun } from '../core/jobs.ts'
import { addAac } from '../shows/aac.ts'
import { adoptTexts } from '../shows/adopt-texts.ts'
import { type Episode, freeEpisodeSlug, lockEpisode, untitledSlug } from '../shows/episode.ts'
import { nextCreation, retireRendition } from '../shows/replace-rendition.ts'
import { retagSoon } from '../shows/retagging.ts'
import { announceChange } from '../shows/show.ts'
import { slugify } from '../shows/slug.ts'
import { endedStates, type Upload } from '../shows/upload-state.ts'
import { saveWaveform } from '../shows/waveform.ts'
import { finite } from './finite.ts'
import { keepChapters, type StoredChapters } from './recorded-chapters.ts'
import { type Cover, insertCover } from './store-cover.ts'
import { titleOf } from './title.ts'

export type Result = Readonly<{
  upload: Upload
  produced: Produced
  key: string
  cover: Cover | undefined
  chapters: StoredChapters | undefined
  warnings: readonly string[]
}>

/**
 * Makes the stored audio the one that is served: rendition, episode, upload, feed and the job's end in one transaction.
 * The result of an upload that was cancelled meanwhile, or that a newer one replaced, changes nothing.
 */
export async function publishResult(app: App, result: Result, run: JobRun): Promise<void> {
  await app.db.transaction().execute(async (db) => {
    // With what a podcaster wrote while the audio was made.
    const episode = await lockEpisode(db, result.upload.episodeId)
    const isWanted = await finishUpload(app, db, result)
    if (isWanted) {
      await saveResult(app, db, episode, result)
      await app.jobs.enqueue('keep-original', { uploadId: result.upload.id }, { db })
      await retagSoon(app, db, episode.id)
      await addAac(app, db, episode)
      await announceChange(app, db, episode.showId)
    }
    await run.complete(db)
  })
}

/** False when the upload has ended before: it was cancelled, by somebody or by a newer one. Later cancels come too late. */
async function finishUpload({ clock }: App, db: Db, { upload, warnings }: Result): Promise<boolean> {
  const row = await db
    .updateTable('upload')
    .set({ state: 'ready', progress: 1, warnings: JSON.stringify(warnings), updatedAt: clock.now() })
    .where('id', '=', upload.id)
    .where('state', 'not in', endedStates)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

async function saveResult(app: App, db: Db, episode: Episode, result: Result): Promise<void> {
  const { upload, produced } = result
  const now = app.clock.now()
  const rendition = await saveRendition(db, result, await nextCreation(db, episode.id, now))
  await retireRendition(db, episode.renditionId, now)
  await saveWaveform(db, { uploadId: upload.id, peaks: produced.waveform, createdAt: now })
  await app.jobs.enqueue('measure-rendition', { renditionId: rendition.id }, { db, key: rendition.id })
  const cover = episode.artworkId === null ? result.cover : undefined
  if (cover) await insertCover(db, cover)
  if (result.chapters) await keepChapters(app, db, episode, { ...result.chapters, uploadId: upload.id })
  await adoptTexts(db, episode.id, upload.id)
  const title = titleOf(episode, produced.recorded.tags, upload.filename)
  await db
    .updateTable('episode')
    .set({
      renditionId: rendition.id,
      title,
      slug: await slugFor(db, episode, title),
      artworkId: cover?.artwork.id ?? episode.artworkId,
      updatedAt: now,
    })
    .where('id', '=', episode.id)
    .execute()
}

async function saveRendition(
  db: Db,
  { upload, produced, key }: Result,
  createdAt: number,
): Promise<Pick<Selectable<Schema['rendition']>, 'id'>> {
  const { type, bytes, headerBytes, bitrateKbps, channels, sampleRateHz, durationSeconds, sha256, sha384 } = produced
  const { isKept, sourceLufs, sourcePeakDbtp, targetLufs, level } = produced
  return db
    .insertInto('rendition')
    .values({
      id: newId(),
      episodeId: upload.episodeId,
      uploadId: upload.id,
      alternateOf: null,
      key,
      type,
      bytes,
      headerBytes,
      bitrateKbps,
      channels,
      sampleRateHz,
      durationSeconds,
      sha256,
      sha384,
      isKept: isKept ? 1 : 0,
      sourceLufs: finite(sourceLufs),
      sourcePeakDbtp: finite(sourcePeakDbtp),
      targetLufs: targetLufs ?? null,
      gainDb: level.gainDb,
      limitedDb: level.limitedDb,
      shortfallLu: level.shortfallLu,
      lufs: null,
      peakDbtp: null,
      measuredAt: null,
      createdAt,
      retiredAt: null,
      removedAt: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
}

/** An episode that got its title from the recording gets its address from it too, as long as nobody can have linked to it. */
async function slugFor(db: Db, episode: Episode, title: string): Promise<string> {
  const isProvisional = episode.slug === untitledSlug(episode.id) && episode.enclosureFile === null
  if (!isProvisional) return episode.slug
  return freeEpisodeSlug(db, episode.showId, slugify(title) || episode.slug)
}
