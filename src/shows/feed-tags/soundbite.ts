import { type Static, Type } from '@fastify/type-provider-typebox'
import { longestSeconds, Text } from './kinds.ts'

/** `podcast:soundbite`: a passage worth hearing, for previews. */
export const Soundbite = Type.Object(
  {
    startSeconds: Type.Number({ minimum: 0, maximum: longestSeconds }),
    durationSeconds: Type.Number({
      minimum: 15,
      maximum: 120,
      rule: 'podcast:soundbite: it lasts 15 to 120 seconds',
    }),
    title: Type.Optional(Text(128, 'podcast:soundbite: a title has 1 to 128 characters')),
  },
  { additionalProperties: false },
)
export type Soundbite = Static<typeof Soundbite>
