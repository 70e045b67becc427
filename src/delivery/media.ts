import type { App } from '../core/app.ts'
import { gone, notFound } from '../core/errors.ts'
import { type Episode, findEpisode } from '../shows/episode.ts'
import { isPublic } from '../shows/episode-state.ts'
import { findRendition, type Rendition, serveRetiredMs } from '../shows/rendition.ts'
import { findShow } from '../shows/show.ts'
import { createShowCache } from '../shows/show-cache.ts'

const keptEpisodes = 10_000

/** What decides whether an episode may be heard, and its audio; not the whole episode: ten thousand notes would be kept too. */
type Served = Readonly<{
  episode: Pick<Episode, 'publishAt' | 'deletedAt' | 'renditionId'>
  rendition: Rendition | undefined
  isShowDeleted: boolean
}>

export type MediaLookup = ReturnType<typeof createMediaLookup>

/**
 * The look-up of every media request, kept in this process until the show changes. It throws `not-found` for what strangers
 * may not see yet, `gone` for what was deleted.
 */
export function createMediaLookup(app: App) {
  const cache = createShowCache<Served>(app.changes, keptEpisodes, async (episodeId) => {
    const episode = await findEpisode(app.db, episodeId)
    if (!episode) throw notFound('episode', episodeId)
    const { showId, publishAt, deletedAt, renditionId } = episode
    const rendition = renditionId ? await findRendition(app, renditionId) : undefined
    const isShowDeleted = (await findShow(app.db, showId))?.deletedAt !== null
    return { showId, value: { episode: { publishAt, deletedAt, renditionId }, rendition, isShowDeleted } }
  })

  async function publicAudio(episodeId: string): Promise<Rendition> {
    const { episode, rendition, isShowDeleted } = await cache.get(episodeId)
    if (episode.deletedAt !== null || isShowDeleted) throw gone('episode')
    if (!rendition || !isPublic(episode, app.clock.now())) throw notFound('episode', episodeId)
    return rendition
  }

  return {
    /** The audio of an episode that is public at this moment. */
    publicAudio,
    /** Audio by its own id, if its episode is public: what is served, or was until lately. */
    async publicRendition(id: string): Promise<Rendition> {
      const rendition = await findRendition(app, id)
      if (!rendition) throw notFound('file', id)
      await publicAudio(rendition.episodeId)
      const { retiredAt } = rendition
      if (retiredAt !== null && retiredAt + serveRetiredMs <= app.clock.now()) throw gone('file')
      return rendition
    },
    close: cache.close,
  }
}
