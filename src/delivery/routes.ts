import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { artworkUrl } from '../core/addresses.ts'
import type { App } from '../core/app.ts'
import { notFound } from '../core/errors.ts'
import { routeReading } from '../core/methods.ts'
import { findArtwork } from '../shows/artwork.ts'
import type { Rendition } from '../shows/rendition.ts'
import { type DeliveryOptions, deliver, immutable } from './deliver.ts'
import { type Asked, openHitWriter } from './hit-writer.ts'
import { createMediaLookup } from './media.ts'
import { pictureNamed } from './picture.ts'
import { sendWaveform } from './send-waveform.ts'
import { textRoutes } from './text-routes.ts'

type EpisodeFile = { Params: { episodeId: string; file: string } }
type EpisodeAddress = { Params: { episodeId: string } }
type RenditionFile = { Params: { renditionId: string; file: string } }
type Audio = DeliveryOptions & Asked & Readonly<{ rendition: Rendition }>
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
    const writeHit = await openHitWriter(app)

    /** Delivers a rendition and writes one hit. */
    const deliverAudio = (request: FastifyRequest, reply: FastifyReply, { rendition, door, ...options }: Audio) =>
      deliver(app, request, reply, rendition, { ...options, onAnswered: writeHit(request, { rendition, door }) })

    routeReading<EpisodeFile>(
      web,
      '/audio/:episodeId/:file',
      async (request, reply) => {
        const { episodeId, file } = request.params
        const rendition = await media.publicFile(episodeId, file)
        return deliverAudio(request, reply, { rendition, door: 'audio', cacheControl: revalidated })
      },
      lean,
    )

    routeReading<EpisodeFile>(
      web,
      '/download/:episodeId/:file',
      async (request, reply) => {
        const { episodeId, file } = request.params
        const rendition = await media.publicFile(episodeId, file)
        return deliverAudio(request, reply, {
          rendition,
          door: 'download',
          cacheControl: revalidated,
          attachment: file,
        })
      },
      lean,
    )

    routeReading<RenditionFile>(
      web,
      '/media/:renditionId/:file',
      async (request, reply) => {
        const { renditionId, file } = request.params
        const rendition = await media.publicRendition(renditionId, file)
        return deliverAudio(request, reply, { rendition, door: 'media', cacheControl: immutable })
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
