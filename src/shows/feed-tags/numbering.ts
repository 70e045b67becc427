import { type Static, Type } from '@fastify/type-provider-typebox'
import { Text } from './kinds.ts'

/** `podcast:episode`: a number that may have decimals, and how it is shown. */
export const Numbering = Type.Object(
  {
    number: Type.Number({ minimum: 0, maximum: 1_000_000 }),
    display: Type.Optional(Text(32, 'podcast:episode: display has 1 to 32 characters', 'like Ch. 3')),
  },
  { additionalProperties: false },
)
export type Numbering = Static<typeof Numbering>
