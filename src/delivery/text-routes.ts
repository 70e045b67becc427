import type { FastifyInstance } from 'fastify'
import type { App } from '../core/app.ts'
import { notFound } from '../core/errors.ts'
import { routeReading } from '../core/methods.ts'
import { findChapterImage } from '../shows/chapter-image.ts'
import { deliver, immutable } from './deliver.ts'
import type { MediaLookup } from './media.ts'
import { sendText } from './send-text.ts'
import { createTextLookup } from './texts.ts'

type Text = { Params: { episodeId: string; form: string } }
type Picture = { Params: { episodeId: string; file: string } }

/** The addresses of what is told about audio, public as long as the audio is: chapters, their pictures, transcripts. */
export function textRoutes(app: App, web: FastifyInstance, media: MediaLookup): void {
  const texts = createTextLookup(app)
  web.addHook('onClose', async () => texts.close())

  routeReading<Text>(web, '/episodes/:episodeId/chapters.json', async (request, reply) => {
    const { episodeId } = request.params
    await media.publicAudio(episodeId)
    return sendText(request, reply, await texts.get(episodeId, 'chapters.json'))
  })

  routeReading<Text>(web, '/episodes/:episodeId/transcript.:form', async (request, reply) => {
    const { episodeId, form } = request.params
    await media.publicAudio(episodeId)
    return sendText(request, reply, await texts.get(episodeId, `transcript.${form}`))
  })

  routeReading<Picture>(web, '/episodes/:episodeId/chapter-images/:file', async (request, reply) => {
    const { episodeId, file } = request.params
    await media.publicAudio(episodeId)
    const picture = await findChapterImage(app.db, file.replace(/\.(jpg|png)$/, ''))
    if (picture?.episodeId !== episodeId) throw notFound('picture', file)
    return deliver(app, request, reply, picture, { cacheControl: immutable })
  })
}
