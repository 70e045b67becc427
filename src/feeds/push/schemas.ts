import { type Static, Type } from '@fastify/type-provider-typebox'
import { Instant } from '../../shows/schemas.ts'

const mostPushes = 100

const Words = <T extends string>(words: readonly T[], description: string) =>
  Type.Unsafe<T>(Type.String({ enum: [...words], description }))

export const PushView = Type.Object(
  {
    id: Type.String(),
    service: Words(['websub', 'podping', 'overcast'], 'how it is told'),
    target: Type.String({ description: 'whom: the address of a hub, without what only the station may know' }),
    reason: Words(['update', 'live', 'liveEnd'], 'why, in the words of Podping'),
    state: Words(['waiting', 'sent', 'failed'], 'waiting: to be sent, or to be tried again; failed: given up'),
    attempts: Type.Integer({ description: 'how often it was tried' }),
    status: Type.Optional(Type.Integer({ description: 'HTTP status of the last answer; absent: none came' })),
    message: Type.Optional(Type.String({ description: 'what went wrong at the last try; absent: nothing did' })),
    createdAt: Instant('when the feed changed'),
    triedAt: Type.Optional(Instant('when it was last tried; absent: not yet')),
  },
  { $id: 'Push' },
)
export type PushView = Static<typeof PushView>

export const PushQuery = Type.Object({
  limit: Type.Optional(
    Type.String({
      pattern: `^([1-9]\\d?|${mostPushes})$`,
      default: String(mostPushes),
      description: `at most so many, 1 to ${mostPushes}`,
      rule: `a number from 1 to ${mostPushes}`,
    }),
  ),
})

/** How many are asked for. */
export const limitOf = ({ limit }: Static<typeof PushQuery>): number => Number(limit ?? mostPushes)
