import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../core/app.ts'
import { attachmentHeader } from '../core/disposition.ts'
import { getEpisode } from '../shows/episode.ts'
import { EpisodeParams, ShowParams } from '../shows/schemas.ts'
import { getShow } from '../shows/show.ts'
import { type Cell, prefersCsv, toCsv } from './reports/csv.ts'
import { reportEpisode, reportShow } from './reports/downloads-report.ts'
import { reportEpisodeFirstDays, reportFirstDays } from './reports/first-days-report.ts'
import { reportRetention } from './reports/retention-report.ts'
import {
  DownloadsReport,
  EpisodeFirstDaysReport,
  EpisodeQuery,
  FirstDaysReport,
  FormatQuery,
  RetentionReport,
  ShowQuery,
} from './schemas.ts'

/** The reports of counted downloads, as JSON or CSV. */
export const reportRoutes =
  (app: App): FastifyPluginAsyncTypebox =>
  async (web) => {
    web.get(
      '/shows/:showId/downloads',
      { schema: { params: ShowParams, querystring: ShowQuery, response: { 200: answers(DownloadsReport) } } },
      async (request, reply) => {
        const show = await getShow(app.db, request.params.showId)
        const report = await reportShow(app, show, request.query)
        const columns = report.by === 'episode' ? ['episode', 'title', 'downloads'] : [report.by, 'downloads']
        return sendReport(request, reply, report, { columns, name: nameOf(show.slug, report) })
      },
    )

    web.get(
      '/episodes/:episodeId/downloads',
      { schema: { params: EpisodeParams, querystring: EpisodeQuery, response: { 200: answers(DownloadsReport) } } },
      async (request, reply) => {
        const episode = await getEpisode(app.db, request.params.episodeId)
        const show = await getShow(app.db, episode.showId)
        const report = await reportEpisode(app, show, episode, request.query)
        return sendReport(request, reply, report, {
          columns: [report.by, 'downloads'],
          name: nameOf(episode.slug, report),
        })
      },
    )

    web.get(
      '/shows/:showId/downloads/first-days',
      { schema: { params: ShowParams, querystring: FormatQuery, response: { 200: answers(FirstDaysReport) } } },
      async (request, reply) => {
        const show = await getShow(app.db, request.params.showId)
        const columns = ['episode', 'title', 'publishedAt', 'ageDays', 'first7', 'first30', 'first90', 'downloads']
        const report = await reportFirstDays(app, show)
        return sendReport(request, reply, report, { columns, name: `${show.slug}-first-days` })
      },
    )

    web.get(
      '/episodes/:episodeId/downloads/first-days',
      {
        schema: { params: EpisodeParams, querystring: FormatQuery, response: { 200: answers(EpisodeFirstDaysReport) } },
      },
      async (request, reply) => {
        const episode = await getEpisode(app.db, request.params.episodeId)
        const report = await reportEpisodeFirstDays(app, episode)
        return sendReport(request, reply, report, { columns: ['day', 'downloads'], name: `${episode.slug}-first-days` })
      },
    )

    web.get(
      '/episodes/:episodeId/retention',
      { schema: { params: EpisodeParams, querystring: FormatQuery, response: { 200: answers(RetentionReport) } } },
      async (request, reply) => {
        const episode = await getEpisode(app.db, request.params.episodeId)
        const columns = ['percent', 'seconds', 'streaming', 'download']
        const report = await reportRetention(app, episode)
        return sendReport(request, reply, report, { columns, name: `${episode.slug}-retention` })
      },
    )
  }

/** One answer in two forms. */
const answers = <Report extends object>(report: Report) => ({
  description: 'the report',
  content: { 'application/json': { schema: report }, 'text/csv': { schema: Type.String() } },
})

type Report = Readonly<{ rows: readonly Readonly<Record<string, Cell>>[] }>
type Table = Readonly<{ columns: readonly string[]; name: string }>

/** Sends a report as the client would have it: all of it as JSON, its rows alone as a table to save. */
function sendReport(
  request: FastifyRequest,
  reply: FastifyReply,
  report: Report,
  { columns, name }: Table,
): FastifyReply {
  const { format } = request.query as { format?: 'json' | 'csv' }
  reply.header('vary', 'accept')
  const isCsv = format ? format === 'csv' : prefersCsv(request.headers.accept)
  if (!isCsv) return reply.type('application/json').send(report)
  return reply
    .header('content-disposition', attachmentHeader(`${name}.csv`))
    .type('text/csv; charset=utf-8; header=present')
    .send(toCsv(columns, report.rows))
}

const nameOf = (slug: string, { by, from, to }: DownloadsReport) => `${slug}-downloads-by-${by}-${from}-${to}`
