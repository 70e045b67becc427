import { type Static, Type } from '@fastify/type-provider-typebox'
import { HttpsUrl, Text, Word } from './kinds.ts'

/** `podcast:socialInteract`: the post below which listeners comment. With `disabled` there is nothing else. */
export const SocialInteract = Type.Object(
  {
    protocol: Word(
      ['disabled', 'activitypub', 'twitter', 'lightning', 'atproto', 'hive', 'matrix', 'nostr'],
      'podcast:socialInteract: protocol is one of the words of the podcast namespace',
    ),
    uri: Type.Optional(Text(2000, 'podcast:socialInteract: uri is the address of the post')),
    accountId: Type.Optional(Text(255, 'podcast:socialInteract: accountId has 1 to 255 characters')),
    accountUrl: Type.Optional(HttpsUrl('the page of that account')),
    priority: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  },
  { additionalProperties: false },
)
export type SocialInteract = Static<typeof SocialInteract>
