import { type Static, Type } from '@fastify/type-provider-typebox'
import { Instant } from '../../shows/schemas.ts'

const Count = Type.Integer({ minimum: 0 })

const FindingView = Type.Object({
  rule: Type.String({ description: 'like apple/cover-size' }),
  authority: Type.String({ description: 'Apple, Spotify, YouTube, PSP, podcast namespace, or station' }),
  source: Type.String({ description: 'where the rule stands' }),
  level: Type.String({ description: 'error: it will be refused; warning: it is worse than it could be; hint' }),
  message: Type.String({ description: 'what is wrong, and what to do' }),
  field: Type.Optional(Type.String({ description: 'the field of the API that mends it' })),
  episodeId: Type.Optional(Type.String({ description: 'absent: it is about the show' })),
})

export const HealthView = Type.Object(
  {
    checkedAt: Instant('when that was'),
    isHealthy: Type.Boolean({ description: 'whether there is no error' }),
    counts: Type.Object({ error: Count, warning: Count, hint: Count }),
    findings: Type.Array(FindingView, { description: 'worst first' }),
    probes: Type.Optional(
      Type.Object(
        { checked: Count, unchecked: Count },
        { description: 'episodes whose audio was asked for, and those that there was no time for; absent: none was' },
      ),
    ),
  },
  { $id: 'ShowHealth' },
)
export type HealthView = Static<typeof HealthView>

export const HealthQuery = Type.Object(
  {
    probe: Type.Optional(
      Type.Union([Type.Literal('true'), Type.Literal('false')], {
        description: 'false: at once, without asking the feed, the cover and the audio of each episode',
      }),
    ),
  },
  { additionalProperties: false },
)
