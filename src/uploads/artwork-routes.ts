import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import type { App } from '../core/app.ts'
import { tooLarge } from '../core/errors.ts'
import type { Episode } from '../shows/episode.ts'
import {
  EpisodeArtworkAnswer,
  EpisodeParams,
  EpisodeView,
  ShowArtworkAnswer,
  ShowParams,
  ShowView,
} from '../shows/schemas.ts'
import { getShow } from '../shows/show.ts'
import { viewEpisode } from '../shows/view-episode.ts'
import { viewShow } from '../shows/view-show.ts'
import { deleteArtwork, deleteEpisodeArtwork, putArtwork, putEpisodeArtwork } from './store-artwork.ts'

/** The worst PNG of 3000 × 3000 pixels in RGB has 27 MB. */
const largestPicture = 32 * 1024 * 1024

/** Any bytes pass here: what they are is found out by looking at them. */
const picture = { consumes: ['image/jpeg', 'image/png', 'image/webp'], body: Type.Unsafe<Buffer | null>({}) }

/** The pictures of shows and episodes. A picture is small enough to be read whole. */
export const artworkRoutes =
  (app: App): FastifyPluginAsyncTypebox =>
  async (web) => {
    web.removeAllContentTypeParsers()
    web.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: largestPicture }, (_request, body, done) =>
      done(null, body),
    )
    web.addHook('onRequest', async ({ headers }) => {
      if (Number(headers['content-length']) > largestPicture) throw tooLarge(tooLargePicture)
    })
    const view = async (episode: Episode) => viewEpisode(app, await getShow(app.db, episode.showId), episode)

    web.put(
      '/shows/:showId/artwork',
      { bodyLimit: largestPicture, schema: { ...picture, params: ShowParams, response: { 200: ShowArtworkAnswer } } },
      async (request) => {
        const { show, mended } = await putArtwork(app, request.params.showId, request.body ?? Buffer.alloc(0))
        return { ...(await viewShow(app, show)), mended: [...mended] }
      },
    )

    web.delete(
      '/shows/:showId/artwork',
      { schema: { params: ShowParams, response: { 200: ShowView } } },
      async (request) => viewShow(app, await deleteArtwork(app, request.params.showId)),
    )

    web.put(
      '/episodes/:episodeId/artwork',
      {
        bodyLimit: largestPicture,
        schema: { ...picture, params: EpisodeParams, response: { 200: EpisodeArtworkAnswer } },
      },
      async (request) => {
        const bytes = request.body ?? Buffer.alloc(0)
        const { episode, mended } = await putEpisodeArtwork(app, request.params.episodeId, bytes)
        return { ...(await view(episode)), mended: [...mended] }
      },
    )

    web.delete(
      '/episodes/:episodeId/artwork',
      { schema: { params: EpisodeParams, response: { 200: EpisodeView } } },
      async (request) => view(await deleteEpisodeArtwork(app, request.params.episodeId)),
    )
  }

const tooLargePicture = `A picture may have at most ${largestPicture / 1024 / 1024} MB. Export it as JPEG, with 3000 × 3000 pixels.`
