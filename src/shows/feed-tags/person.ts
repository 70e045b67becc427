import { type Static, Type } from '@fastify/type-provider-typebox'
import { HttpsUrl, Text } from './kinds.ts'

/** `podcast:person`. Role and group are of the Podcast Taxonomy, in any case; absent: host, of the cast. */
export const Person = Type.Object(
  {
    name: Text(128, 'podcast:person: a name has 1 to 128 characters'),
    role: Type.Optional(Text(128, 'podcast:person: a role is one of the Podcast Taxonomy, like host or guest')),
    group: Type.Optional(Text(128, 'podcast:person: a group is one of the Podcast Taxonomy, like cast or writing')),
    imageUrl: Type.Optional(HttpsUrl('a picture of them')),
    url: Type.Optional(HttpsUrl('a page about them')),
  },
  { additionalProperties: false },
)
export type Person = Static<typeof Person>
