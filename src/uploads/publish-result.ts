import type { Selectable } from 'kysely'
import type { Produced } from '../audio/produce.ts'
import type { App } from '../core/app.ts'
import type { Db, Schema } from '../core/db.ts'
import { newId } from '../core/ids.ts'
import type { JobRun } from '../core/jobs.ts'
import { adoptTexts } from '../shows/adopt-texts.ts'
import type { Artwork } from '../shows/artwork.ts'
import { type Episode, freeEpisodeSlug, getEpisode, untitledSlug } from '../shows/episode.ts'
import { announceChange } from '../shows/show.ts'
import { slugify } from '../shows/slug.ts'
import { endedStates, type Upload } from '../shows/upload-state.ts'
import { titleOf } from './title.ts'

export type Result = Readonly<{
  upload: Upload
  produced: Produced
  key: string
  originalKey: string | null
  artwork: Artwork | undefined
  warnings: readonly string[]
}>

/**
 * Makes the stored audio the one that is served: rendition, episode, upload, feed and the job's end in one transaction.
 * The result of an upload that was cancelled meanwhile, or that a newer one replaced, changes nothing.
 */
export async function publishResult(app: App, result: Result, run: JobRun): Promise<void> {
  await app.db.transaction().execute(async (db) => {
    const episode = await lockEpisode(db, result.upload.episodeId)
    const isWanted = await finishUpload(app, db, result)
    if (isWanted) {
      await saveResult(app, db, episode, result)
      await announceChange(app, db, episode.showId)
    }
    await run.complete(db)
  })
}

/** False when the upload has ended before: it was cancelled, by somebody or by a newer one. Later cancels come too late. */
async function finishUpload({ clock }: App, db: Db, { upload, originalKey, warnings }: Result): Promise<boolean> {
  const row = await db
    .updateTable('upload')
    .set({ state: 'ready', progress: 1, originalKey, warnings: JSON.stringify(warnings), updatedAt: clock.now() })
    .where('id', '=', upload.id)
    .where('state', 'not in', endedStates)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** The episode as it is now, with what a podcaster wrote while the audio was made; nobody changes it before we have. */
async function lockEpisode(db: Db, id: string): Promise<Episode> {
  await db.updateTable('episode').set({ id }).where('id', '=', id).execute()
  return getEpisode(db, id)
}

async function saveResult(app: App, db: Db, episode: Episode, result: Result): Promise<void> {
  const { upload, produced } = result
  const now = app.clock.now()
  const rendition = await saveRendition(db, result, now)
  const artwork = episode.artworkId === null ? result.artwork : undefined
  if (artwork) await db.insertInto('artwork').values(artwork).execute()
  await adoptTexts(db, episode.id, upload.id)
  const title = titleOf(episode, produced.tags, upload.filename)
  await db
    .updateTable('episode')
    .set({
      renditionId: rendition.id,
      title,
      slug: await slugFor(db, episode, title),
      artworkId: artwork?.id ?? episode.artworkId,
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
  const { type, bytes, headerBytes, bitrateKbps, channels, sampleRateHz, durationSeconds, sha256 } = produced
  return db
    .insertInto('rendition')
    .values({
      id: newId(),
      episodeId: upload.episodeId,
      uploadId: upload.id,
      key,
      type,
      bytes,
      headerBytes,
      bitrateKbps,
      channels,
      sampleRateHz,
      durationSeconds,
      sha256,
      isKept: 0,
      sourceLufs: null,
      sourcePeakDbtp: null,
      targetLufs: null,
      gainDb: 0,
      limitedDb: 0,
      shortfallLu: 0,
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
