import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import type { App } from '../core/app.ts'
import { EpisodeParams } from '../shows/schemas.ts'
import { TranscriptionView } from '../shows/text-schemas.ts'
import { viewTranscription } from '../shows/transcription-state.ts'
import { cancelTranscription, getTranscription, requestTranscription } from './transcription.ts'

const url = '/episodes/:episodeId/transcription'
const Answer = Type.Object({ transcription: TranscriptionView })

/** Transcribing an episode as a resource: asked for, looked at, cancelled. */
export const transcriptionRoutes =
  (app: App): FastifyPluginAsyncTypebox =>
  async (web) => {
    web.post(url, { schema: { params: EpisodeParams, response: { 202: Answer } } }, async (request, reply) => {
      const transcription = await requestTranscription(app, request.params.episodeId)
      return reply.code(202).send({ transcription: viewTranscription(transcription) })
    })

    web.get(url, { schema: { params: EpisodeParams, response: { 200: Answer } } }, async (request) => ({
      transcription: viewTranscription(await getTranscription(app, request.params.episodeId)),
    }))

    web.delete(url, { schema: { params: EpisodeParams } }, async (request, reply) => {
      await cancelTranscription(app, request.params.episodeId)
      return reply.code(204).send()
    })
  }
