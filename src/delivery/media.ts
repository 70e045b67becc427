import type { App } from '../core/app.ts'
import { gone, notFound } from '../core/errors.ts'
import { findEpisode } from '../shows/episode.ts'
import { isPublic } from '../shows/episode-state.ts'
import { findRendition, type Rendition, serveRetiredMs } from '../shows/rendition.ts'
import { findShow } from '../shows/show.ts'
import { createShowCache } from '../shows/show-cache.ts'

const keptEpisodes = 10_000

export type MediaLookup = ReturnType<typeof createMediaLookup>

/**
 * The look-up of every media request, kept in this process until the show changes. It throws `not-found` for what strangers
 * may not see yet, `gone` for what was deleted; neither is kept, so that what a feed names already is never refused.
 */
export function createMediaLookup(app: App) {
  const cache = createShowCache<Rendition>(app.changes, keptEpisodes, async (episodeId) => {
    const episode = await findEpisode(app.db, episodeId)
    if (!episode) throw notFound('episode', episodeId)
    const { showId, renditionId } = episode
    const isShowDeleted = (await findShow(app.db, showId))?.deletedAt !== null
    if (episode.deletedAt !== null || isShowDeleted) throw gone('episode')
    const rendition = isPublic(episode, app.clock.now()) ? await findRendition(app, renditionId ?? '') : undefined
    if (!rendition) throw notFound('episode', episodeId)
    return { showId, value: rendition }
  })

  return {
    /** The audio of an episode that is public at this moment. */
    publicAudio: cache.get,
    /** Audio by its own id, if its episode is public: what is served, or was until lately. */
    async publicRendition(id: string): Promise<Rendition> {
      const rendition = await findRendition(app, id)
      if (!rendition) throw notFound('file', id)
      await cache.get(rendition.episodeId)
      const { retiredAt } = rendition
      if (retiredAt !== null && retiredAt + serveRetiredMs <= app.clock.now()) throw gone('file')
      return rendition
    },
    close: cache.close,
  }
}
