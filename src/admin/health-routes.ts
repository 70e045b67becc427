import type { FastifyPluginAsync } from 'fastify'
import type { App } from '../core/app.ts'
import { checkHealth } from '../feeds/health/check-health.ts'
import { listEpisodes } from '../shows/episode.ts'
import { HealthFindings } from './health-findings.tsx'
import { sendPage } from './send-page.ts'

type OfShow = { Params: { showId: string }; Querystring: { probe?: string } }

/** The part of the page that tells of a show's health, which its script asks for. */
export const healthPart =
  (app: App): FastifyPluginAsync =>
  async (web) => {
    web.get<OfShow>('/shows/:showId/health', async (request, reply) => {
      const { showId } = request.params
      const report = await checkHealth(app, showId, { probe: request.query.probe === 'true' })
      const episodes = await listEpisodes(app.db, showId)
      const titles = new Map(episodes.map(({ id, title }) => [id, title ?? 'Untitled']))
      return sendPage(reply, HealthFindings({ report, titles }))
    })
  }
