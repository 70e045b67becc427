import { Type } from '@fastify/type-provider-typebox'
import { Instant } from '../../shows/schemas.ts'
import { aspects, episodeAspects } from './downloads.ts'

const Day = (description: string) => Type.String({ description: `${description}, like 2026-11-26` })
const Format = Type.Optional(
  Type.Union([Type.Literal('json'), Type.Literal('csv')], { description: 'or ask with Accept: text/csv' }),
)
const anyOf = <Name extends string>(names: readonly Name[], description: string) =>
  Type.Union(
    names.map((name) => Type.Literal(name)),
    { description, default: 'day' },
  )
const Count = (description: string) => Type.Integer({ description })

const period = {
  from: Type.Optional(Day('first day; absent: 30 days up to the last')),
  to: Type.Optional(Day('last day; absent: today')),
  format: Format,
}

export const ReportFormat = Type.Object({ format: Format })
export const ShowReport = Type.Object({ ...period, by: anyOf(aspects, 'what the rows are') })
export const EpisodeReport = Type.Object({ ...period, by: anyOf(episodeAspects, 'what the rows are') })

const methodology = Type.String({ description: 'the page that says how downloads are counted' })

export const DownloadsView = Type.Object({
  from: Day('first day'),
  to: Day('last day'),
  timeZone: Type.String({ description: 'in which a day is a day' }),
  by: Type.String(),
  total: Count('downloads in that time'),
  asked: Count('those of them of which only a redirect is known, not what was sent'),
  methodology,
  rows: Type.Array(
    Type.Object({
      key: Type.String({ description: 'day, id of an episode, app, device, country (ISO 3166-1), way or certainty' }),
      title: Type.Optional(Type.String({ description: 'of an episode' })),
      downloads: Count('counted downloads (IAB 2.3)'),
    }),
  ),
})

export const FirstDaysView = Type.Object({
  methodology,
  episodes: Type.Array(
    Type.Object({
      episodeId: Type.String(),
      title: Type.Union([Type.String(), Type.Null()]),
      publishedAt: Instant('when it came out'),
      ageDays: Count('whole days since then, up to 90; younger than 7, 30 or 90, its number still grows'),
      first7: Count('downloads in the first 7 times 24 hours'),
      first30: Count('in the first 30'),
      first90: Count('in the first 90'),
    }),
  ),
})

const RetainedView = Type.Object({
  listeners: Count('of how many downloads it is known what was fetched'),
  shares: Type.Array(Type.Number(), { description: 'which share of them fetched each hundredth of the audio, 0 to 1' }),
})

export const RetentionView = Type.Object({
  durationSeconds: Type.Union([Type.Number(), Type.Null()]),
  streaming: RetainedView,
  download: RetainedView,
  methodology,
})
