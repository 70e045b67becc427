import { type Static, Type } from '@fastify/type-provider-typebox'
import { Instant, ShortText } from './schemas.ts'

/** A month. */
const longestLead = 30 * 24 * 60 * 60

const Name = ShortText('who gets it: the podcaster’s own words')
const EarlySeconds = Type.Integer({
  minimum: 0,
  maximum: longestLead,
  description: 'how long before everybody else its holder gets an episode, seconds: up to 30 days',
})

export const NewFeedToken = Type.Object(
  { name: Name, earlySeconds: Type.Optional(EarlySeconds) },
  { additionalProperties: false },
)

export const FeedTokenChanges = Type.Partial(NewFeedToken, { additionalProperties: false })

export const FeedTokenView = Type.Object(
  {
    id: Type.String(),
    showId: Type.String(),
    name: Type.String(),
    earlySeconds: EarlySeconds,
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
  feedUrl: Type.String({ description: 'its private feed, to be given to its holder' }),
  exampleUrl: Type.Optional(
    Type.String({ description: 'the private link of the newest episode; absent: nothing is published yet' }),
  ),
})
export type NewFeedTokenView = Static<typeof NewFeedTokenView>

export const FeedTokenParams = Type.Object({ feedTokenId: Type.String() })
