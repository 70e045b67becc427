import type { App } from '../core/app.ts'
import { gone, notFound } from '../core/errors.ts'
import { findAlternate } from '../shows/alternate.ts'
import { findEpisode } from '../shows/episode.ts'
import { isPublic } from '../shows/episode-state.ts'
import { audioExtension, findRendition, type Rendition, serveRetiredMs } from '../shows/rendition.ts'
import { findShow } from '../shows/show.ts'
import { createShowCache } from '../shows/show-cache.ts'

const keptEpisodes = 10_000

type Audio = Readonly<{ enclosure: Rendition; alternate: Rendition | undefined }>

export type MediaLookup = ReturnType<typeof createMediaLookup>

/**
 * The look-up of every media request, kept in this process until the show changes. It throws `not-found` for what strangers
 * may not see yet, `gone` for what was deleted; neither is kept, so that what a feed names already is never refused.
 */
export function createMediaLookup(app: App) {
  const cache = createShowCache<Audio>(app.changes, keptEpisodes, async (episodeId) => {
    const episode = await findEpisode(app.db, episodeId)
    if (!episode) throw notFound('episode', episodeId)
    const { showId, renditionId } = episode
    const isShowDeleted = (await findShow(app.db, showId))?.deletedAt !== null
    if (episode.deletedAt !== null || isShowDeleted) throw gone('episode')
    const enclosure = isPublic(episode, app.clock.now()) ? await findRendition(app, renditionId ?? '') : undefined
    if (!enclosure) throw notFound('episode', episodeId)
    return { showId, value: { enclosure, alternate: await findAlternate(app.db, enclosure.id) } }
  })

  const renditions = createShowCache<Rendition>(app.changes, keptEpisodes, async (id) => {
    const rendition = await findRendition(app, id)
    const episode = rendition && (await findEpisode(app.db, rendition.episodeId))
    if (!episode) throw notFound('file', id)
    return { showId: episode.showId, value: rendition }
  })

  return {
    /** The enclosure of an episode that is public at this moment. */
    publicAudio: async (episodeId: string): Promise<Rendition> => (await cache.get(episodeId)).enclosure,
    /** The same audio in the form that the file's name asks for: any name answers, as long as it ends as the bytes are. */
    async publicFile(episodeId: string, file: string): Promise<Rendition> {
      const { enclosure, alternate } = await cache.get(episodeId)
      if (isNamedLike(file, enclosure)) return enclosure
      if (alternate && isNamedLike(file, alternate)) return alternate
      throw notFound('file', file)
    },
    /** Audio by its own id, if its episode is public: what is served, or was until lately. */
    async publicRendition(id: string, file: string): Promise<Rendition> {
      const rendition = await renditions.get(id)
      if (!isNamedLike(file, rendition)) throw notFound('file', `${id}/${file}`)
      await cache.get(rendition.episodeId)
      const { retiredAt } = rendition
      if (retiredAt !== null && retiredAt + serveRetiredMs <= app.clock.now()) throw gone('file')
      return rendition
    },
    close() {
      cache.close()
      renditions.close()
    },
  }
}

const isNamedLike = (file: string, { type }: Rendition) => file.toLowerCase().endsWith(`.${audioExtension(type)}`)
