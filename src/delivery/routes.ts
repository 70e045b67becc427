import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../core/app.ts'
import { notFound } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import { routeReading } from '../core/methods.ts'
import { findArtwork } from '../shows/artwork.ts'
import { findRendition, type Rendition } from '../shows/rendition.ts'
import { type DeliveryOptions, deliver, immutable } from './deliver.ts'
import { hitOf } from './hit.ts'
import { listenerKey } from './listener-key.ts'
import { createMediaLookup } from './media.ts'
import { textRoutes } from './text-routes.ts'

type EpisodeFile = { Params: { episodeId: string; file: string } }
type RenditionFile = { Params: { renditionId: string; file: string } }
type ArtworkFile = { Params: { artworkId: string; file: string } }

const revalidated = 'public, no-cache'

/** The addresses of audio and artwork: the enclosure, the same as a download, immutable bytes for CDNs, covers. */
export const deliveryRoutes =
  (app: App): FastifyPluginAsync =>
  async (web) => {
    const media = createMediaLookup(app)
    web.addHook('onClose', async () => media.close())

    routeReading<EpisodeFile>(web, '/audio/:episodeId/:file', async (request, reply) => {
      demandExtension(request.params.file)
      const rendition = await media.publicAudio(request.params.episodeId)
      return deliverAudio(app, request, reply, rendition, { cacheControl: revalidated })
    })

    routeReading<EpisodeFile>(web, '/download/:episodeId/:file', async (request, reply) => {
      const { episodeId, file } = request.params
      demandExtension(file)
      const rendition = await media.publicAudio(episodeId)
      const attachment = file.replace(/[^\w.-]/g, '_')
      return deliverAudio(app, request, reply, rendition, { cacheControl: revalidated, attachment })
    })

    routeReading<RenditionFile>(web, '/media/:renditionId/:file', async (request, reply) => {
      demandExtension(request.params.file)
      const named = await findRendition(app, request.params.renditionId)
      const current = named && (await media.publicAudio(named.episodeId))
      if (!current || current.id !== request.params.renditionId) throw notFound('file', request.params.renditionId)
      return deliverAudio(app, request, reply, current, { cacheControl: immutable })
    })

    routeReading<ArtworkFile>(web, '/artwork/:artworkId/:file', async (request, reply) => {
      const artwork = await findArtwork(app.db, request.params.artworkId)
      if (!artwork) throw notFound('picture', request.params.artworkId)
      return deliver(app, request, reply, artwork, { cacheControl: immutable })
    })

    textRoutes(app, web, media)
  }

/** Delivers a rendition and writes one hit. */
function deliverAudio(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  rendition: Rendition,
  options: DeliveryOptions,
): Promise<FastifyReply> {
  const onAnswered = (status: number, bytesSent: number) =>
    app.events.append(
      hitOf({
        id: newId(),
        at: app.clock.now(),
        episodeId: rendition.episodeId,
        renditionId: rendition.id,
        listenerKey: listenerKey(app.config.secretKey, request.ip),
        method: request.method,
        headers: request.headers,
        status,
        bytesSent,
      }),
    )
  return deliver(app, request, reply, rendition, { ...options, onAnswered })
}

/** Any file name answers, as long as it ends as the bytes are. */
function demandExtension(file: string): void {
  if (!/\.mp3$/i.test(file)) throw notFound('file', file)
}
