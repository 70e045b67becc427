import type { App } from '../core/app.ts'
import { gone, notFound } from '../core/errors.ts'
import { whenKnown } from '../core/when-known.ts'
import { findAlternate } from '../shows/alternate.ts'
import { type Episode, findEpisode } from '../shows/episode.ts'
import { isPublic } from '../shows/episode-state.ts'
import { findRendition, isNamedLike, type Rendition, serveRetiredMs } from '../shows/rendition.ts'
import { findShow } from '../shows/show.ts'
import { createShowCache, type Loaded } from '../shows/show-cache.ts'

const keptEpisodes = 10_000
const keptRenditions = 10_000

type Audio = Readonly<{ showId: string; publishAt: number; enclosure: Rendition; alternate: Rendition | undefined }>

/** Who asks for an episode of which show, and how long before everybody else they may. */
type Subscriber = Readonly<{ showId: string; earlySeconds: number }>

export type MediaLookup = ReturnType<typeof createMediaLookup>

/**
 * The look-ups of every media request, kept in this process until the show changes. They throw `not-found` for what strangers
 * may not see yet, `gone` for what was deleted; neither is kept, so that what a feed names already is never refused.
 */
export function createMediaLookup(app: App) {
  const episodes = createShowCache<Audio>(app.changes, keptEpisodes, (id) => loadAudio(app, id, app.clock.now()))
  const earlyEpisodes = createShowCache<Audio>(app.changes, keptEpisodes, (key) => {
    const [earlySeconds = '', ...id] = key.split(' ')
    return loadAudio(app, id.join(' '), app.clock.now() + Number(earlySeconds) * 1000)
  })
  const renditions = createShowCache<Rendition>(app.changes, keptRenditions, async (id) => {
    const rendition = await findRendition(app, id)
    if (!rendition) throw notFound('file', id)
    return { showId: (await getPresent(app, rendition.episodeId)).showId, value: rendition }
  })

  async function getNamed(id: string, file: string): Promise<Rendition> {
    const rendition = await renditions.getNow(id)
    if (!isNamedLike(file, rendition)) throw notFound('file', file)
    return rendition
  }

  /** What is served, or was until lately. */
  function demandKept(rendition: Rendition): Rendition {
    const { retiredAt } = rendition
    if (retiredAt !== null && retiredAt + serveRetiredMs <= app.clock.now()) throw gone('file')
    return rendition
  }

  return {
    /** The enclosure of an episode that is public at this moment. */
    publicAudio: async (episodeId: string): Promise<Rendition> => (await episodes.getNow(episodeId)).enclosure,
    /**
     * The same audio in the form that the file's name asks for: any name answers, as long as it ends as the bytes are. At once
     * where it is known.
     */
    publicFile: (episodeId: string, file: string): Rendition | Promise<Rendition> =>
      whenKnown(episodes.getNow(episodeId), (audio) => namedLike(file, audio)),
    /** The same, for who may hear that show alone; `isEarly`: nobody else may yet. */
    async fileOfShow(
      { showId, earlySeconds }: Subscriber,
      episodeId: string,
      file: string,
    ): Promise<Readonly<{ rendition: Rendition; isEarly: boolean }>> {
      const early = earlySeconds > 0
      const audio = await (early ? earlyEpisodes.get(`${earlySeconds} ${episodeId}`) : episodes.get(episodeId))
      if (audio.showId !== showId) throw notFound('episode', episodeId)
      return { rendition: namedLike(file, audio), isEarly: audio.publishAt > app.clock.now() }
    },
    /** Audio by its own id, if its episode is public. */
    async publicRendition(id: string, file: string): Promise<Rendition> {
      const rendition = await getNamed(id, file)
      await episodes.getNow(rendition.episodeId)
      return demandKept(rendition)
    },
    /** Audio by its own id, public or not: for who was given a signed address. */
    signedRendition: async (id: string, file: string): Promise<Rendition> => demandKept(await getNamed(id, file)),
    close() {
      episodes.close()
      earlyEpisodes.close()
      renditions.close()
    },
  }
}

/** The audio of an episode that is public at that moment (epoch ms). */
async function loadAudio(app: App, episodeId: string, moment: number): Promise<Loaded<Audio>> {
  const episode = await getPresent(app, episodeId)
  const { showId, renditionId, publishAt } = episode
  const enclosure = isPublic(episode, moment) ? await findRendition(app, renditionId ?? '') : undefined
  if (!enclosure) throw notFound('episode', episodeId)
  const alternate = await findAlternate(app.db, enclosure.id)
  return { showId, value: { showId, publishAt: publishAt ?? 0, enclosure, alternate } }
}

async function getPresent(app: App, episodeId: string): Promise<Episode> {
  const episode = await findEpisode(app.db, episodeId)
  if (!episode) throw notFound('episode', episodeId)
  const isShowDeleted = (await findShow(app.db, episode.showId))?.deletedAt !== null
  if (episode.deletedAt !== null || isShowDeleted) throw gone('episode')
  return episode
}

function namedLike(file: string, { enclosure, alternate }: Audio): Rendition {
  if (isNamedLike(file, enclosure)) return enclosure
  if (alternate && isNamedLike(file, alternate)) return alternate
  throw notFound('file', file)
}
