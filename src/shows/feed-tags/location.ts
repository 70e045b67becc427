import { type Static, Type } from '@fastify/type-provider-typebox'
import { Text, Word } from './kinds.ts'

/** `podcast:location`: what it is about (`subject`), or where it was made (`creator`). */
export const Location = Type.Object(
  {
    name: Text(128, 'podcast:location: a name has 1 to 128 characters'),
    rel: Type.Optional(Word(['subject', 'creator'], 'podcast:location: rel is subject or creator')),
    geo: Type.Optional(
      Type.String({
        pattern: '^geo:-?\\d{1,2}(\\.\\d+)?,-?\\d{1,3}(\\.\\d+)?(,-?\\d+(\\.\\d+)?)?(;[\\w.=-]+)*$',
        maxLength: 128,
        description: 'geo URI, like geo:54.9,8.3',
        rule: 'podcast:location: geo is a geo URI (RFC 5870), like geo:54.9,8.3',
      }),
    ),
    osm: Type.Optional(
      Type.String({
        pattern: '^[NWR]\\d{1,15}(#\\d+)?$',
        description: 'object of OpenStreetMap, like R113314',
        rule: 'podcast:location: osm is N, W or R and the number of an object of OpenStreetMap',
      }),
    ),
    country: Type.Optional(
      Type.String({
        pattern: '^[A-Z]{2}$',
        description: 'country, like DE',
        rule: 'podcast:location: country is two capital letters (ISO 3166-1 alpha-2)',
      }),
    ),
  },
  { additionalProperties: false },
)
export type Location = Static<typeof Location>
