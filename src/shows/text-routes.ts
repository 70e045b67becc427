import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../core/app.ts'
import { notFound, tooLarge } from '../core/errors.ts'
import { findChapters } from './chapter-list.ts'
import { getEpisode } from './episode.ts'
import { deleteChapters, putChapters } from './put-chapters.ts'
import { deleteTranscript, putTranscript } from './put-transcript.ts'
import { chapterTypes } from './read-chapters.ts'
import { transcriptTypes } from './read-transcript.ts'
import { EpisodeParams } from './schemas.ts'
import { ChaptersView, TranscriptView } from './text-schemas.ts'
import { findTranscript } from './transcript.ts'
import { viewChapters, viewTranscript } from './view-texts.ts'

const mebibyte = 1024 * 1024
const chapters = { url: '/episodes/:episodeId/chapters', bodyLimit: 4 * mebibyte }
const transcript = { url: '/episodes/:episodeId/transcript', bodyLimit: 10 * mebibyte }

const Language = Type.Object({
  language: Type.Optional(Type.String({ description: "language tag, like en or pt-BR (BCP 47); absent: the show's" })),
})

/** The API of an episode's chapters and transcript: files in by their content type, JSON out. */
export const textRoutes =
  (app: App): FastifyPluginAsyncTypebox =>
  async (web) => {
    web.removeAllContentTypeParsers()
    web.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

    web.put(
      chapters.url,
      {
        bodyLimit: chapters.bodyLimit,
        onRequest: refuseAbove(chapters.bodyLimit, 'Chapters'),
        schema: { params: EpisodeParams, consumes: chapterTypes, response: { 200: ChaptersView } },
      },
      async (request) => {
        const { episodeId } = request.params
        return viewChapters(app, episodeId, await putChapters(app, episodeId, contentType(request), fileOf(request)))
      },
    )

    web.get(
      chapters.url,
      { schema: { params: EpisodeParams, response: { 200: ChaptersView } } },
      async ({ params: { episodeId } }) => {
        const found = await findChapters(app.db, await getEpisode(app.db, episodeId))
        if (!found) throw notFound('chapter of the episode', episodeId)
        return viewChapters(app, episodeId, found)
      },
    )

    web.delete(chapters.url, { schema: { params: EpisodeParams } }, async (request, reply) => {
      await deleteChapters(app, request.params.episodeId)
      return reply.code(204).send()
    })

    web.put(
      transcript.url,
      {
        bodyLimit: transcript.bodyLimit,
        onRequest: refuseAbove(transcript.bodyLimit, 'A transcript'),
        schema: {
          params: EpisodeParams,
          querystring: Language,
          consumes: transcriptTypes,
          response: { 200: TranscriptView },
        },
      },
      async (request, reply) => {
        const { episodeId } = request.params
        const given = { contentType: contentType(request), file: fileOf(request), language: request.query.language }
        return sendJson(reply, await viewTranscript(app, episodeId, await putTranscript(app, episodeId, given)))
      },
    )

    web.get(
      transcript.url,
      { schema: { params: EpisodeParams, response: { 200: TranscriptView } } },
      async ({ params: { episodeId } }, reply) => {
        const found = await findTranscript(app.db, await getEpisode(app.db, episodeId))
        if (!found) throw notFound('transcript of the episode', episodeId)
        return sendJson(reply, await viewTranscript(app, episodeId, found))
      },
    )

    web.delete(transcript.url, { schema: { params: EpisodeParams } }, async (request, reply) => {
      await deleteTranscript(app, request.params.episodeId)
      return reply.code(204).send()
    })
  }

/** In the words of texts: what is larger and does not say so is stopped on its way. */
const refuseAbove = (limit: number, what: string) => async (request: FastifyRequest) => {
  if (Number(request.headers['content-length'] ?? 0) > limit) {
    throw tooLarge(`${what} can have at most ${limit / mebibyte} MiB.`)
  }
}

const contentType = ({ headers }: FastifyRequest): string => headers['content-type'] ?? ''

const fileOf = ({ body }: FastifyRequest): Uint8Array => (body as Buffer | null) ?? new Uint8Array()

/** Sends an answer that was written already. */
const sendJson = (reply: Pick<FastifyReply, 'type'>, json: Uint8Array): FastifyReply =>
  reply.type('application/json; charset=utf-8').send(json)
