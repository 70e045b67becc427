import { type Static, Type } from '@fastify/type-provider-typebox'

const Instant = (description: string) => Type.String({ format: 'date-time', description })

/** What downloads can be told apart by. */
export const aspects = ['day', 'episode', 'app', 'device', 'country', 'way', 'certainty'] as const
export type Aspect = (typeof aspects)[number]

const By = <Name extends Aspect>(names: readonly Name[]) =>
  Type.Optional(
    Type.Unsafe<Name>(
      Type.String({
        enum: [...names],
        description: 'what to tell apart; absent: day. way: streaming or download; certainty: delivered or asked',
      }),
    ),
  )

const Format = Type.Optional(
  Type.Unsafe<'json' | 'csv'>(
    Type.String({ enum: ['json', 'csv'], description: 'absent: as the Accept header says, else json' }),
  ),
)

const Days = {
  from: Type.Optional(Type.String({ description: 'first day, like 2026-11-01; absent: 30 days in all' })),
  to: Type.Optional(Type.String({ description: 'last day, like 2026-11-30; absent: today' })),
}

export const ShowQuery = Type.Object({ ...Days, by: By(aspects), format: Format }, { additionalProperties: false })

const aspectsOfEpisode = ['day', 'app', 'device', 'country', 'way', 'certainty'] as const
export const EpisodeQuery = Type.Object(
  { ...Days, by: By(aspectsOfEpisode), format: Format },
  { additionalProperties: false },
)

export const FormatQuery = Type.Object({ format: Format }, { additionalProperties: false })

const Method = {
  methodUrl: Type.String({ description: 'how this station counts, in plain words' }),
}

const Certainty = Type.Object(
  {
    delivered: Type.Integer({
      description: 'the bytes of a minute were handed out by this station, or by a log’s word',
    }),
    asked: Type.Integer({ description: 'the listener was sent on to a CDN or a store, and nothing more is known' }),
  },
  { description: 'the same downloads, by what is known of them' },
)

const Row = Type.Object({
  day: Type.Optional(Type.String()),
  episode: Type.Optional(Type.String({ description: 'id' })),
  title: Type.Optional(Type.String()),
  app: Type.Optional(Type.String()),
  device: Type.Optional(Type.String({ description: 'phone, tablet, computer, watch, speaker, car, tv or unknown' })),
  country: Type.Optional(Type.String({ description: 'ISO 3166-1 alpha-2, or unknown' })),
  way: Type.Optional(Type.String({ description: 'streaming or download' })),
  certainty: Type.Optional(Type.String({ description: 'delivered or asked' })),
  downloads: Type.Integer(),
})

export const DownloadsReport = Type.Object(
  {
    from: Type.String(),
    to: Type.String(),
    timeZone: Type.String({ description: 'in which its days are days' }),
    by: Type.String(),
    downloads: Type.Integer({ description: 'all together' }),
    certainty: Certainty,
    rows: Type.Array(Row, { description: 'by day: every day; else the largest first, without those that have none' }),
    ...Method,
  },
  { $id: 'DownloadsReport' },
)
export type DownloadsReport = Static<typeof DownloadsReport>

const FirstDaysRow = Type.Object({
  episode: Type.String({ description: 'id' }),
  title: Type.String(),
  publishedAt: Instant('when its days began'),
  ageDays: Type.Integer({
    description: 'whole times 24 hours since: a later column of a younger episode is not full yet',
  }),
  first7: Type.Integer({ description: 'downloads in its first 7 times 24 hours' }),
  first30: Type.Integer(),
  first90: Type.Integer(),
  downloads: Type.Integer({ description: 'since ever' }),
})

export const FirstDaysReport = Type.Object(
  { rows: Type.Array(FirstDaysRow, { description: 'published episodes, newest first' }), ...Method },
  { $id: 'FirstDaysReport' },
)
export type FirstDaysReport = Static<typeof FirstDaysReport>

export const EpisodeFirstDaysReport = Type.Object(
  {
    ...FirstDaysRow.properties,
    rows: Type.Array(
      Type.Object({ day: Type.Integer({ description: '1 is the first 24 hours' }), downloads: Type.Integer() }),
      { description: 'up to today, at most 90' },
    ),
    ...Method,
  },
  { $id: 'EpisodeFirstDaysReport' },
)
export type EpisodeFirstDaysReport = Static<typeof EpisodeFirstDaysReport>

const Listeners = Type.Object({
  streaming: Type.Integer({ description: 'those who fetched it bit by bit, as they listened' }),
  download: Type.Integer({ description: 'those who fetched it to keep; they may have heard less' }),
})

export const RetentionReport = Type.Object(
  {
    episode: Type.String({ description: 'id' }),
    durationSeconds: Type.Number(),
    listeners: Listeners,
    rows: Type.Array(
      Type.Object({
        percent: Type.Integer({ description: 'where the part begins, 0 to 99 % of the audio' }),
        seconds: Type.Number({ description: 'the same, in seconds' }),
        ...Listeners.properties,
      }),
      { description: 'each hundredth of the audio, and how many fetched at least half of it' },
    ),
    ...Method,
  },
  { $id: 'RetentionReport' },
)
export type RetentionReport = Static<typeof RetentionReport>
