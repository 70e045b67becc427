import type { OpenApp } from '../../../src/app.ts'
import { newId } from '../../../src/core/ids.ts'
import { createShow } from '../../../src/shows/show.ts'
import { publishedEpisode } from '../../../test/fixtures/published-episode.ts'
import { aShow } from '../../../test/station.ts'
import { seededRandom } from '../../sample/random.ts'
import { insertCopies } from '../insert-copies.ts'
import type { HeardEpisode } from './audience.ts'

const headerBytes = 65_536
const bytesPerSecond = 16_000

/** Of the first show, which reports are asked of. */
export const mostEpisodes = 1_000

const episodesOfShows = [mostEpisodes, 60, 60, 20, 20, 20]

/** Shows whose episodes, half an hour to an hour of 128 kb/s, came out one after the other up to that instant. */
export async function makeShows(app: OpenApp, until: number): Promise<{ showId: string; episodes: HeardEpisode[] }> {
  const showIds: string[] = []
  const episodes: HeardEpisode[] = []
  for (const count of episodesOfShows) {
    const show = await createShow(app, aShow)
    showIds.push(show.id)
    episodes.push(...(await makeEpisodes(app, show, { count, until })))
  }
  return { showId: showIds[0] ?? '', episodes: mix(episodes) }
}

/** One that is published as any is, and others that are copies of its rows. */
async function makeEpisodes(
  app: OpenApp,
  show: Readonly<{ id: string }>,
  { count, until }: { count: number; until: number },
): Promise<HeardEpisode[]> {
  const { db } = app
  const { id } = await publishedEpisode({ app }, show)
  const episode = await db.selectFrom('episode').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const rendition = await db.selectFrom('rendition').selectAll().where('episodeId', '=', id).executeTakeFirstOrThrow()
  const random = seededRandom(count)
  const copies = Array.from({ length: count - 1 }, (_, index) => {
    const [copyId, renditionId] = [newId(), newId()]
    const durationSeconds = 1_800 + Math.floor(random() * 1_800)
    const publishAt = until - index * 2 * 24 * 60 * 60 * 1000
    return {
      episode: { ...episode, id: copyId, guid: copyId, slug: `copy-${index}`, renditionId, publishAt },
      rendition: {
        ...rendition,
        id: renditionId,
        episodeId: copyId,
        durationSeconds,
        headerBytes,
        bytes: headerBytes + durationSeconds * bytesPerSecond,
      },
    }
  })
  await insertCopies(db, copies)
  return copies.map(({ rendition: { id, episodeId, bytes } }) => ({
    id: episodeId,
    renditionId: id,
    bytes,
    headerBytes,
  }))
}

/** Those of all shows among each other, so that each show has some that are heard by many; always in the same way. */
function mix(episodes: readonly HeardEpisode[]): HeardEpisode[] {
  const random = seededRandom(episodes.length)
  return episodes
    .map((episode) => ({ episode, place: random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ episode }) => episode)
}
