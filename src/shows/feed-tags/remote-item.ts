import { type Static, Type } from '@fastify/type-provider-typebox'
import { HttpsUrl, Text, Uuid } from './kinds.ts'
import { Medium } from './medium.ts'

/** `podcast:remoteItem`: another feed, or an item of it. */
export const RemoteItem = Type.Object(
  {
    feedGuid: Uuid('its podcast:guid'),
    feedUrl: Type.Optional(HttpsUrl('its address')),
    itemGuid: Type.Optional(Text(1000, 'podcast:remoteItem: itemGuid is the guid of an item')),
    medium: Type.Optional(Medium),
    title: Type.Optional(Text(128, 'podcast:remoteItem: a title has 1 to 128 characters')),
  },
  { additionalProperties: false },
)
export type RemoteItem = Static<typeof RemoteItem>

/** `podcast:publisher`: the feed of who publishes the show, which lists it back. */
export const Publisher = Type.Object(
  { feedGuid: Uuid('its podcast:guid'), feedUrl: HttpsUrl('its address') },
  { additionalProperties: false },
)
export type Publisher = Static<typeof Publisher>
