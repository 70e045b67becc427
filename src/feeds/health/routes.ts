import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { App } from '../../core/app.ts'
import { ShowParams } from '../../shows/schemas.ts'
import { HealthQuery, HealthView } from './schemas.ts'
import { checkHealth } from './show-health.ts'

/** The API of what directories would object to. */
export const healthOfShowRoutes =
  (app: App): FastifyPluginAsyncTypebox =>
  async (web) => {
    web.get(
      '/shows/:showId/health',
      { schema: { params: ShowParams, querystring: HealthQuery, response: { 200: HealthView } } },
      ({ params, query }, reply) => {
        const leaving = new AbortController()
        reply.raw.once('close', () => leaving.abort())
        return checkHealth(app, params.showId, { probes: query.probe !== 'false', signal: leaving.signal })
      },
    )
  }
