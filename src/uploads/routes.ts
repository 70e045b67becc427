import { Readable } from 'node:stream'
import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import type { App } from '../core/app.ts'
import { EpisodeParams, UploadView } from '../shows/schemas.ts'
import { viewUpload } from '../shows/upload-state.ts'
import { artworkRoutes } from './artwork-routes.ts'
import { cancelUpload } from './cancel-upload.ts'
import { putRecording } from './put-recording.ts'
import { createTusHandler } from './tus.ts'
import { cleanFilename, getUploadView } from './upload.ts'
import { uploadEvents } from './upload-events.ts'

const UploadParams = Type.Object({ uploadId: Type.String() })
const AudioHeaders = Type.Object({
  'x-filename': Type.Optional(Type.String({ description: 'name of the file; percent-encoded where it is not ASCII' })),
})

const AudioQuery = Type.Object({
  keepAudio: Type.Optional(
    Type.Union([Type.Literal('true'), Type.Literal('false')], {
      description: 'true: publish the audio of an MP3 bit for bit as it is, with new tags',
    }),
  ),
})

/** Files coming in: recordings by plain PUT or tus, their progress, and artwork. Bodies stay streams here. */
export const uploadRoutes =
  (app: App): FastifyPluginAsyncTypebox =>
  async (web) => {
    web.removeAllContentTypeParsers()
    web.addContentTypeParser('*', (_request, payload, done) => done(null, payload))

    web.put(
      '/episodes/:episodeId/audio',
      {
        config: { isBodyStreamed: true },
        schema: {
          params: EpisodeParams,
          headers: AudioHeaders,
          querystring: AudioQuery,
          consumes: ['application/octet-stream'],
          response: { 202: Type.Object({ upload: UploadView }) },
        },
      },
      async (request, reply) => {
        const { episodeId } = request.params
        const { keepAudio = 'false' } = request.query
        const filename = filenameOf(request.headers['x-filename'])
        const body = (request.body as Readable | null) ?? Readable.from([])
        const upload = await putRecording(
          app,
          { episodeId, filename, keepAudio: keepAudio === 'true' },
          body,
          contentLength(request),
        )
        return reply.code(202).send({ upload: viewUpload(upload) })
      },
    )

    web.get(
      '/uploads/:uploadId',
      { exposeHeadRoute: false, schema: { params: UploadParams, response: { 200: UploadView } } },
      async (request) => getUploadView(app, request.params.uploadId),
    )

    web.get('/uploads/:uploadId/events', { schema: { params: UploadParams } }, async (request, reply) => {
      await getUploadView(app, request.params.uploadId)
      const closed = new AbortController()
      request.raw.once('close', () => closed.abort())
      const events = uploadEvents(app, request.params.uploadId, closed.signal)
      return reply
        .headers({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
        .send(Readable.from(events))
    })

    web.delete('/uploads/:uploadId', { schema: { params: UploadParams } }, async (request, reply) => {
      await cancelUpload(app, request.params.uploadId)
      return reply.code(204).header('tus-resumable', '1.0.0').send()
    })

    const tus = createTusHandler(app)
    const resumable = { config: { isBodyStreamed: true }, schema: { hide: true }, handler: tus } as const
    web.route({ method: ['POST', 'OPTIONS'], url: '/uploads', ...resumable })
    web.route({ method: ['HEAD', 'PATCH', 'OPTIONS'], url: '/uploads/:uploadId', ...resumable })

    await web.register(artworkRoutes(app))
  }

function contentLength(request: FastifyRequest): number | undefined {
  const text = request.headers['content-length']
  return text === undefined ? undefined : Number(text)
}

function filenameOf(header: string | undefined): string {
  try {
    return cleanFilename(decodeURIComponent(header ?? ''))
  } catch {
    return cleanFilename(header ?? '')
  }
}
