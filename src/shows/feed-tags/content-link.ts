import { type Static, Type } from '@fastify/type-provider-typebox'
import { HttpsUrl, Text } from './kinds.ts'

/** `podcast:contentLink`: where else it can be heard or seen. */
export const ContentLink = Type.Object(
  { url: HttpsUrl('where it is'), label: Text(128, 'podcast:contentLink: its text has 1 to 128 characters') },
  { additionalProperties: false },
)
export type ContentLink = Static<typeof ContentLink>
