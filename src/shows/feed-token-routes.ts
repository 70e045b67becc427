import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import type { App } from '../core/app.ts'
import { createFeedToken, listFeedTokens, revokeFeedToken, updateFeedToken } from './feed-token.ts'
import {
  FeedTokenChanges,
  FeedTokenParams,
  FeedTokenView,
  NewFeedToken,
  NewFeedTokenView,
} from './feed-token-schemas.ts'
import { ShowParams } from './schemas.ts'
import { viewFeedToken, viewNewFeedToken } from './view-feed-token.ts'

/** The API of a show's feed tokens: what opens its private links. */
export const feedTokenRoutes =
  (app: App): FastifyPluginAsyncTypebox =>
  async (web) => {
    web.post(
      '/shows/:showId/feed-tokens',
      { schema: { params: ShowParams, body: NewFeedToken, response: { 201: NewFeedTokenView } } },
      async (request, reply) => {
        const { feedToken, token } = await createFeedToken(app, request.params.showId, request.body)
        return reply
          .code(201)
          .header('cache-control', 'no-store')
          .send(await viewNewFeedToken(app, feedToken, token))
      },
    )

    web.get(
      '/shows/:showId/feed-tokens',
      { schema: { params: ShowParams, response: { 200: Type.Array(FeedTokenView) } } },
      async (request) => (await listFeedTokens(app, request.params.showId)).map(viewFeedToken),
    )

    web.patch(
      '/feed-tokens/:feedTokenId',
      { schema: { params: FeedTokenParams, body: FeedTokenChanges, response: { 200: FeedTokenView } } },
      async (request) => viewFeedToken(await updateFeedToken(app, request.params.feedTokenId, request.body)),
    )

    web.delete('/feed-tokens/:feedTokenId', { schema: { params: FeedTokenParams } }, async (request, reply) => {
      await revokeFeedToken(app, request.params.feedTokenId)
      return reply.code(204).send()
    })
  }
