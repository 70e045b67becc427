import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { App } from '../../core/app.ts'
import { ShowParams } from '../../shows/schemas.ts'
import { checkHealth } from './check-health.ts'
import { HealthQuery, HealthReport } from './schemas.ts'

/** What directories would object to in a show, before they do. */
export const showHealthRoutes =
  (app: App): FastifyPluginAsyncTypebox =>
  async (web) => {
    web.get(
      '/shows/:showId/health',
      {
        schema: {
          params: ShowParams,
          querystring: HealthQuery,
          response: { 200: HealthReport },
        },
      },
      async (request) => checkHealth(app, request.params.showId, { probe: request.query.probe !== 'false' }),
    )
  }
