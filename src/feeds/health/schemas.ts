import { type Static, Type } from '@fastify/type-provider-typebox'
import { type Authority, authorities, type Level, levels } from './rule.ts'

const Count = (description: string) => Type.Integer({ minimum: 0, description })

export const HealthQuery = Type.Object(
  {
    probe: Type.Optional(
      Type.Unsafe<'true' | 'false'>(
        Type.String({
          enum: ['true', 'false'],
          description: 'false: only what is known at once; true or absent: feed, cover and all audio are asked for too',
        }),
      ),
    ),
  },
  { additionalProperties: false },
)

const Finding = Type.Object({
  rule: Type.String({ description: 'name of the rule, like psp-description' }),
  authority: Type.Unsafe<Authority>(Type.String({ enum: [...authorities], description: 'who objects' })),
  level: Type.Unsafe<Level>(
    Type.String({
      enum: [...levels],
      description: 'error: it will be refused; warning: it will be worse; hint: it could be better',
    }),
  ),
  message: Type.String({ description: 'what is wrong, and what to do' }),
  source: Type.String({ description: 'where the rule stands' }),
  field: Type.Optional(Type.String({ description: 'the field that mends it' })),
  episodeId: Type.Optional(Type.String({ description: 'absent: it is about the show' })),
})

export const HealthReport = Type.Object({
  checkedAt: Type.String({ format: 'date-time' }),
  isHealthy: Type.Boolean({ description: 'there is no error' }),
  counts: Type.Object({
    error: Count('errors'),
    warning: Count('warnings'),
    hint: Count('hints'),
  }),
  findings: Type.Array(Finding, { description: 'errors first; at most 100 of one rule' }),
  leftOff: Count('findings that are counted, but not listed'),
  probes: Type.Optional(
    Type.Object(
      {
        checked: Count('episodes whose audio was asked for'),
        unchecked: Count('those that time did not suffice for'),
      },
      { description: 'absent: nothing was asked for' },
    ),
  ),
})
export type HealthReport = Static<typeof HealthReport>
