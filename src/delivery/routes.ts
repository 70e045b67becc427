import type { FastifyPluginAsync } from 'fastify'
import { artworkUrl } from '../core/addresses.ts'
import type { App } from '../core/app.ts'
import { notFound } from '../core/errors.ts'
import { routeReading } from '../core/methods.ts'
import { findArtwork } from '../shows/artwork.ts'
import { audioRoutes } from './audio-routes.ts'
import { deliver, immutable } from './deliver.ts'
import { createMediaLookup } from './media.ts'
import { pictureNamed } from './picture.ts'
import { sendWaveform } from './send-waveform.ts'
import { textRoutes } from './text-routes.ts'

type EpisodeAddress = { Params: { episodeId: string } }
type ArtworkFile = { Params: { artworkId: string; file: string } }

/** The addresses of audio, of what is told about it, of waveforms and of artwork. */
export const deliveryRoutes =
  (app: App): FastifyPluginAsync =>
  async (web) => {
    const media = createMediaLookup(app)
    web.addHook('onClose', async () => media.close())
    await audioRoutes(app, web, media)
    textRoutes(app, web, media)

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
  }
