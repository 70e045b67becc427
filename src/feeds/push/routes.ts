import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import type { App } from '../../core/app.ts'
import { ShowParams } from '../../shows/schemas.ts'
import { listPushes } from './push.ts'
import { limitOf, PushQuery, PushView } from './schemas.ts'
import { viewPush } from './view-push.ts'

/** The API of what the world was told of a show's feed. */
export const pushRoutes =
  (app: App): FastifyPluginAsyncTypebox =>
  async (web) => {
    web.get(
      '/shows/:showId/pushes',
      { schema: { params: ShowParams, querystring: PushQuery, response: { 200: Type.Array(PushView) } } },
      async ({ params, query }) => (await listPushes(app, params.showId, limitOf(query))).map(viewPush),
    )
  }
