import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { countingUrl } from '../core/addresses.ts'
import type { App } from '../core/app.ts'
import { getEpisode } from '../shows/episode.ts'
import { findRendition } from '../shows/rendition.ts'
import { EpisodeParams, ShowParams } from '../shows/schemas.ts'
import { getShow, type Show } from '../shows/show.ts'
import { dayOf } from './day.ts'
import { toCsv } from './reports/csv.ts'
import { countEpisodeDownloads, countShowDownloads, type Row, totalOf } from './reports/downloads.ts'
import { listFirstDays } from './reports/first-days.ts'
import { parsePeriod } from './reports/period.ts'
import { findRetention } from './reports/retention.ts'
import {
  DownloadsView,
  EpisodeReport,
  FirstDaysView,
  ReportFormat,
  RetentionView,
  ShowReport,
} from './reports/schemas.ts'
import { findTitles } from './reports/titles.ts'

/** The API of reports, as JSON or CSV. What is counted comes from the job `roll-up`, some seconds behind. */
export const reportRoutes =
  (app: App): FastifyPluginAsyncTypebox =>
  async (web) => {
    const { config, clock, db } = app
    const methodology = countingUrl(config)
    const today = ({ timeZone }: Show) => dayOf(clock.now(), timeZone)

    web.get(
      '/shows/:showId/downloads',
      { schema: { params: ShowParams, querystring: ShowReport, response: { 200: DownloadsView } } },
      async (request, reply) => {
        const show = await getShow(db, request.params.showId)
        const { by } = request.query
        const period = parsePeriod(request.query, today(show))
        const rows = await countShowDownloads(db, show.id, by, period)
        const certainty = await countShowDownloads(db, show.id, 'certainty', period)
        const titled = by === 'episode' ? await addTitles(app, rows) : rows
        if (wantsCsv(request)) return sendCsv(reply, columnsOf(by), titled.map(cellsOf(by)))
        return { ...period, ...summary(show, rows, certainty), by, methodology, rows: titled }
      },
    )

    web.get(
      '/episodes/:episodeId/downloads',
      { schema: { params: EpisodeParams, querystring: EpisodeReport, response: { 200: DownloadsView } } },
      async (request, reply) => {
        const episode = await getEpisode(db, request.params.episodeId)
        const show = await getShow(db, episode.showId)
        const { by } = request.query
        const period = parsePeriod(request.query, today(show))
        const rows = await countEpisodeDownloads(db, episode.id, by, period)
        const certainty = await countEpisodeDownloads(db, episode.id, 'certainty', period)
        if (wantsCsv(request)) return sendCsv(reply, columnsOf(by), rows.map(cellsOf(by)))
        return { ...period, ...summary(show, rows, certainty), by, methodology, rows }
      },
    )

    web.get(
      '/shows/:showId/first-days',
      { schema: { params: ShowParams, querystring: ReportFormat, response: { 200: FirstDaysView } } },
      async (request, reply) => {
        const show = await getShow(db, request.params.showId)
        const episodes = (await listFirstDays(db, show.id, clock.now())).map(({ publishedAt, ...episode }) => ({
          ...episode,
          publishedAt: new Date(publishedAt).toISOString(),
        }))
        if (!wantsCsv(request)) return { methodology, episodes }
        const columns = ['episodeId', 'title', 'publishedAt', 'ageDays', 'first7', 'first30', 'first90'] as const
        return sendCsv(
          reply,
          columns,
          episodes.map((episode) => columns.map((column) => episode[column])),
        )
      },
    )

    web.get(
      '/episodes/:episodeId/retention',
      { schema: { params: EpisodeParams, querystring: ReportFormat, response: { 200: RetentionView } } },
      async (request, reply) => {
        const episode = await getEpisode(db, request.params.episodeId)
        const { streaming, download } = await findRetention(db, episode.id)
        const rendition = await findRendition(app, episode.renditionId ?? '')
        if (!wantsCsv(request)) {
          return { durationSeconds: rendition?.durationSeconds ?? null, streaming, download, methodology }
        }
        const rows = streaming.shares.map((share, part) => [part + 1, share, download.shares[part] ?? 0])
        return sendCsv(reply, ['hundredth', 'streaming', 'download'], rows)
      },
    )
  }

const summary = ({ timeZone }: Show, rows: readonly Row[], certainty: readonly Row[]) => ({
  timeZone: timeZone ?? 'UTC',
  total: totalOf(rows),
  asked: certainty.find(({ key }) => key === 'asked')?.downloads ?? 0,
})

async function addTitles({ db }: App, rows: readonly Row[]) {
  const titles = await findTitles(
    db,
    rows.map(({ key }) => key),
  )
  return rows.map((row) => ({ ...row, title: titles.get(row.key) ?? '' }))
}

const columnsOf = (by: string) => (by === 'episode' ? ['episode', 'title', 'downloads'] : [by, 'downloads'])

const cellsOf =
  (by: string) =>
  ({ key, downloads, title = '' }: Row & { title?: string }) =>
    by === 'episode' ? [key, title, downloads] : [key, downloads]

function wantsCsv({ query, headers }: FastifyRequest): boolean {
  const { format } = query as { format?: string }
  return format === undefined ? /^text\/csv\b/.test(headers.accept ?? '') : format === 'csv'
}

/** Its type is not that of the JSON, which the schema tells. */
const sendCsv = (reply: FastifyReply, ...table: Parameters<typeof toCsv>): never =>
  reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', 'attachment; filename="downloads.csv"')
    .send(toCsv(...table)) as never
