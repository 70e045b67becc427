import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { artworkUrl } from '../core/addresses.ts'
import type { App } from '../core/app.ts'
import { notFound } from '../core/errors.ts'
import type { Door } from '../core/events.ts'
import { newId } from '../core/ids.ts'
import { routeReading } from '../core/methods.ts'
import { findArtwork } from '../shows/artwork.ts'
import type { Rendition } from '../shows/rendition.ts'
import { type DeliveryOptions, deliver, immutable } from './deliver.ts'
import { hitOf } from './hit.ts'
import { listenerKey } from './listener-key.ts'
import { createMediaLookup } from './media.ts'
import { pictureNamed } from './picture.ts'
import { sendWaveform } from './send-waveform.ts'
import { textRoutes } from './text-routes.ts'

type EpisodeFile = { Params: { episodeId: string; file: string } }
type EpisodeAddress = { Params: { episodeId: string } }
type RenditionFile = { Params: { renditionId: string; file: string } }
type ArtworkFile = { Params: { artworkId: string; file: string } }

const revalidated = 'public, no-cache'

/** Of the headers for pages, audio needs one, which `deliver` gives: the others take a tenth of a short answer's time. */
const lean = { helmet: false } as const

/** The addresses of audio and artwork: the enclosure, the same as a download, immutable bytes for CDNs, covers, waveforms. */
export const deliveryRoutes =
  (app: App): FastifyPluginAsync =>
  async (web) => {
    const media = createMediaLookup(app)
    web.addHook('onClose', async () => media.close())

    routeReading<EpisodeFile>(
      web,
      '/audio/:episodeId/:file',
      async (request, reply) => {
        const { episodeId, file } = request.params
        const rendition = await media.publicFile(episodeId, file)
        return deliverAudio(app, request, reply, rendition, { door: 'audio', cacheControl: revalidated })
      },
      lean,
    )

    routeReading<EpisodeFile>(
      web,
      '/download/:episodeId/:file',
      async (request, reply) => {
        const { episodeId, file } = request.params
        const rendition = await media.publicFile(episodeId, file)
        const options = { door: 'download', cacheControl: revalidated, attachment: file } as const
        return deliverAudio(app, request, reply, rendition, options)
      },
      lean,
    )

    routeReading<RenditionFile>(
      web,
      '/media/:renditionId/:file',
      async (request, reply) => {
        const { renditionId, file } = request.params
        const rendition = await media.publicRendition(renditionId, file)
        return deliverAudio(app, request, reply, rendition, { door: 'media', cacheControl: immutable })
      },
      lean,
    )

    routeReading<EpisodeAddress>(web, '/episodes/:episodeId/waveform.json', async (request, reply) =>
      sendWaveform(app, request, reply, await media.publicAudio(request.params.episodeId)),
    )

    routeReading<ArtworkFile>(web, '/artwork/:artworkId/:file', async (request, reply) => {
      const { artworkId, file } = request.params
      const artwork = await findArtwork(app.db, artworkId)
      const picture = artwork && pictureNamed(artwork, file)
      if (picture === 'moved') return reply.redirect(artworkUrl(app.config, artworkId, 'jpg'), 301)
      if (!picture) throw notFound('picture', `${artworkId}/${file}`)
      return deliver(app, request, reply, picture, { cacheControl: immutable })
    })

    textRoutes(app, web, media)
  }

/** Delivers a rendition and writes one hit. */
function deliverAudio(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  rendition: Rendition,
  { door, ...options }: DeliveryOptions & { door: Door },
): Promise<FastifyReply> {
  const onAnswered = (status: number, bytesSent: number) =>
    app.events.append(
      hitOf({
        id: newId(),
        at: app.clock.now(),
        episodeId: rendition.episodeId,
        renditionId: rendition.id,
        listenerKey: listenerKey(app.config.secretKey, request.ip),
        door,
        source: 'station',
        method: request.method,
        headers: request.headers,
        status,
        bytesSent,
      }),
    )
  return deliver(app, request, reply, rendition, { ...options, onAnswered })
}
