import { type Static, Type } from '@fastify/type-provider-typebox'
import { Instant, ShortText } from './schemas.ts'

export const NewFeedToken = Type.Object(
  { name: ShortText('who gets it: the podcaster’s own words') },
  { additionalProperties: false },
)

export const FeedTokenView = Type.Object(
  {
    id: Type.String(),
    showId: Type.String(),
    name: Type.String(),
    createdAt: Instant('when it was made'),
    lastUsedAt: Type.Optional(Instant('when it was last used, to the minute; absent: never')),
    revokedAt: Type.Optional(Instant('when it was taken back; absent: it is good')),
  },
  { $id: 'FeedToken' },
)
export type FeedTokenView = Static<typeof FeedTokenView>

export const NewFeedTokenView = Type.Object({
  ...FeedTokenView.properties,
  token: Type.String({ description: 'told only now: keep it' }),
  exampleUrl: Type.Optional(
    Type.String({ description: 'the private link of the newest episode; absent: nothing is published yet' }),
  ),
})
export type NewFeedTokenView = Static<typeof NewFeedTokenView>

export const FeedTokenParams = Type.Object({ feedTokenId: Type.String() })
