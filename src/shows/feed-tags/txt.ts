import { type Static, Type } from '@fastify/type-provider-typebox'
import { Text } from './kinds.ts'

/** `podcast:txt`: free text for programs; `applepodcastsverify` and `verify` prove who owns the feed. */
export const Txt = Type.Object(
  {
    purpose: Type.Optional(Text(128, 'podcast:txt: a purpose has 1 to 128 characters')),
    value: Text(4000, 'podcast:txt: a text has 1 to 4000 characters'),
  },
  { additionalProperties: false },
)
export type Txt = Static<typeof Txt>
