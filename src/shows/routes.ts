import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import type { App } from '../core/app.ts'
import { createEpisode, deleteEpisode, type Episode, getEpisode, listEpisodes, updateEpisode } from './episode.ts'
import { parseInstant } from './instant.ts'
import { publishEpisode, unpublishEpisode } from './publication.ts'
import { restoreRendition } from './restoration.ts'
import {
  catalogueLimit,
  EpisodeChanges,
  EpisodeParams,
  EpisodeView,
  NewEpisode,
  NewShow,
  Publication,
  RenditionView,
  Restoration,
  ShowChanges,
  ShowParams,
  ShowView,
} from './schemas.ts'
import { createShow, deleteShow, getShow, listShows, updateShow } from './show.ts'
import { viewEpisode, viewEpisodes } from './view-episode.ts'
import { listRenditions } from './view-renditions.ts'
import { viewShow, viewShows } from './view-show.ts'

/** The catalogue's API: shows, episodes, and the publication of an episode as a resource. */
export const showRoutes =
  (app: App): FastifyPluginAsyncTypebox =>
  async (web) => {
    const view = async (episode: Episode) => viewEpisode(app, await getShow(app.db, episode.showId), episode)

    web.post(
      '/shows',
      { bodyLimit: catalogueLimit, schema: { body: NewShow, response: { 201: ShowView } } },
      async (request, reply) => reply.code(201).send(await viewShow(app, await createShow(app, request.body))),
    )

    web.get('/shows', { schema: { response: { 200: Type.Array(ShowView) } } }, async () =>
      viewShows(app, await listShows(app.db)),
    )

    web.get('/shows/:showId', { schema: { params: ShowParams, response: { 200: ShowView } } }, async (request) =>
      viewShow(app, await getShow(app.db, request.params.showId)),
    )

    web.patch(
      '/shows/:showId',
      { bodyLimit: catalogueLimit, schema: { params: ShowParams, body: ShowChanges, response: { 200: ShowView } } },
      async (request) => viewShow(app, await updateShow(app, request.params.showId, request.body)),
    )

    web.delete('/shows/:showId', { schema: { params: ShowParams } }, async (request, reply) => {
      await deleteShow(app, request.params.showId)
      return reply.code(204).send()
    })

    web.post(
      '/shows/:showId/episodes',
      { bodyLimit: catalogueLimit, schema: { params: ShowParams, body: NewEpisode, response: { 201: EpisodeView } } },
      async (request, reply) =>
        reply.code(201).send(await view(await createEpisode(app, request.params.showId, request.body))),
    )

    web.get(
      '/shows/:showId/episodes',
      { schema: { params: ShowParams, response: { 200: Type.Array(EpisodeView) } } },
      async (request) => {
        const show = await getShow(app.db, request.params.showId)
        return viewEpisodes(app, show, await listEpisodes(app.db, show.id))
      },
    )

    web.get(
      '/episodes/:episodeId',
      { schema: { params: EpisodeParams, response: { 200: EpisodeView } } },
      async (request) => view(await getEpisode(app.db, request.params.episodeId)),
    )

    web.patch(
      '/episodes/:episodeId',
      {
        bodyLimit: catalogueLimit,
        schema: { params: EpisodeParams, body: EpisodeChanges, response: { 200: EpisodeView } },
      },
      async (request) => view(await updateEpisode(app, request.params.episodeId, request.body)),
    )

    web.delete('/episodes/:episodeId', { schema: { params: EpisodeParams } }, async (request, reply) => {
      await deleteEpisode(app, request.params.episodeId)
      return reply.code(204).send()
    })

    web.put(
      '/episodes/:episodeId/publication',
      { schema: { params: EpisodeParams, body: Publication, response: { 200: EpisodeView } } },
      async (request) =>
        view(await publishEpisode(app, request.params.episodeId, parseInstant(request.body?.at, 'at'))),
    )

    web.get(
      '/episodes/:episodeId/renditions',
      { schema: { params: EpisodeParams, response: { 200: Type.Array(RenditionView) } } },
      async (request) => listRenditions(app, request.params.episodeId),
    )

    web.put(
      '/episodes/:episodeId/rendition',
      { schema: { params: EpisodeParams, body: Restoration, response: { 200: EpisodeView } } },
      async (request) => view(await restoreRendition(app, request.params.episodeId, request.body.id)),
    )

    web.delete(
      '/episodes/:episodeId/publication',
      { schema: { params: EpisodeParams, response: { 200: EpisodeView } } },
      async (request) => view(await unpublishEpisode(app, request.params.episodeId)),
    )
  }
