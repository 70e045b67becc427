import { type Static, Type } from '@fastify/type-provider-typebox'
import { Numeral, Text } from './kinds.ts'

/** The name of a season, for `podcast:season`. */
export const Season = Type.Object(
  {
    number: Numeral('podcast:season: a whole number from 1 on'),
    name: Text(128, 'podcast:season: a name has 1 to 128 characters'),
  },
  { additionalProperties: false },
)
export type Season = Static<typeof Season>
