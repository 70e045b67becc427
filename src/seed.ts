import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { App } from './core/app.ts'
import { AppError } from './core/errors.ts'
import { programFolder } from './core/paths.ts'
import { createEpisode, type Episode } from './shows/episode.ts'
import { publishEpisode } from './shows/publication.ts'
import type { NewEpisode, NewShow } from './shows/schemas.ts'
import { createShow, findShowBySlug, type Show } from './shows/show.ts'
import { putRecording } from './uploads/put-recording.ts'
import { putArtwork } from './uploads/store-artwork.ts'

type SampleEpisode = NewEpisode & { slug: string; recording: string; publishedDaysAgo: number }
type SampleShow = NewShow & { slug: string; artwork: string; episodes: SampleEpisode[] }

const folder = path.join(programFolder, 'media/sample')
const dayMs = 24 * 60 * 60 * 1000

/**
 * Gives a new station the sample show, through the same verbs as anybody's. Idempotent: a start that was interrupted is
 * carried on by the next one, and what the owner deleted or changed stays so.
 */
export async function seedSample(app: App): Promise<void> {
  const { artwork, episodes, ...fields }: SampleShow = JSON.parse(
    await readFile(path.join(folder, 'show.json'), 'utf8'),
  )
  const show = await sampleShow(app, fields)
  if (!show) return
  if (show.artworkId === null) await putArtwork(app, show.id, await readFile(path.join(folder, artwork)))
  for (const sample of episodes) await seedEpisode(app, show, sample)
}

/** The sample show, made when the station has no show at all; undefined when it is not wanted. */
async function sampleShow(app: App, fields: Omit<SampleShow, 'artwork' | 'episodes'>): Promise<Show | undefined> {
  const known = await findShowBySlug(app.db, fields.slug)
  if (known) return known.deletedAt === null ? known : undefined
  const other = await app.db.selectFrom('show').select('id').limit(1).executeTakeFirst()
  return other ? undefined : unlessTaken(() => createShow(app, fields))
}

async function seedEpisode(app: App, show: Show, sample: SampleEpisode): Promise<void> {
  const { recording, publishedDaysAgo, ...fields } = sample
  const episode =
    (await findSeeded(app, show, sample.slug)) ?? (await unlessTaken(() => createEpisode(app, show.id, fields)))
  if (!episode || episode.deletedAt !== null) return
  if (episode.uploadId === null) {
    const file = path.join(folder, recording)
    const { size } = await stat(file)
    await putRecording(
      app,
      { episodeId: episode.id, filename: recording, keepAudio: false },
      createReadStream(file),
      size,
    )
  }
  const wasNeverPublished = episode.enclosureFile === null
  if (wasNeverPublished) await publishEpisode(app, episode.id, app.clock.now() - publishedDaysAgo * dayMs)
}

const findSeeded = ({ db }: App, show: Show, slug: string): Promise<Episode | undefined> =>
  db.selectFrom('episode').selectAll().where('showId', '=', show.id).where('slug', '=', slug).executeTakeFirst()

/** Another process that starts at the same moment may be first: then it does the rest. */
async function unlessTaken<T>(create: () => Promise<T>): Promise<T | undefined> {
  try {
    return await create()
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict') return undefined
    throw error
  }
}
