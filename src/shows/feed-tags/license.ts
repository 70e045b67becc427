import { type Static, Type } from '@fastify/type-provider-typebox'
import { HttpsUrl, Text } from './kinds.ts'

/** `podcast:license`: an identifier like `cc-by-4.0` (SPDX, in small letters), or a name of one's own and its `url`. */
export const License = Type.Object(
  {
    name: Text(128, 'podcast:license: a name has 1 to 128 characters'),
    url: Type.Optional(HttpsUrl('its text; needed for a name of your own')),
  },
  { additionalProperties: false },
)
export type License = Static<typeof License>
