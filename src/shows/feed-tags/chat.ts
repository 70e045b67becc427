import { type Static, Type } from '@fastify/type-provider-typebox'
import { Text, Word } from './kinds.ts'

/** `podcast:chat`: where listeners talk to each other. */
export const Chat = Type.Object(
  {
    server: Type.String({
      pattern: '^([\\p{L}\\p{N}_-]+\\.)*[\\p{L}\\p{N}_-]+(:\\d{1,5})?$',
      maxLength: 255,
      rule: 'podcast:chat: server is the name of a host, like irc.example.com',
    }),
    protocol: Word(['irc', 'xmpp', 'nostr', 'matrix'], 'podcast:chat: protocol is irc, xmpp, nostr or matrix'),
    accountId: Type.Optional(Text(255, 'podcast:chat: accountId has 1 to 255 characters')),
    space: Type.Optional(Text(255, 'podcast:chat: space is a room or channel, 1 to 255 characters')),
  },
  { additionalProperties: false },
)
export type Chat = Static<typeof Chat>
