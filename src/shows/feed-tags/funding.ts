import { type Static, Type } from '@fastify/type-provider-typebox'
import { HttpsUrl, Text } from './kinds.ts'

/** `podcast:funding`: a way to support the show. */
export const Funding = Type.Object(
  {
    url: HttpsUrl('where to support it'),
    label: Text(128, 'podcast:funding: its text has 1 to 128 characters', 'what the link says'),
  },
  { additionalProperties: false },
)
export type Funding = Static<typeof Funding>
