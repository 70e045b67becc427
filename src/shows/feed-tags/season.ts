import { type Static, Type } from '@fastify/type-provider-typebox'
import { Text } from './kinds.ts'

/** The name of a season, for `podcast:season`. */
export const Season = Type.Object(
  { number: Type.Integer({ minimum: 1 }), name: Text(128, 'podcast:season: a name has 1 to 128 characters') },
  { additionalProperties: false },
)
export type Season = Static<typeof Season>
