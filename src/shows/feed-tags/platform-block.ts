import { type Static, Type } from '@fastify/type-provider-typebox'

/** `podcast:block`: whether a platform, or without `id` every one of which nothing else is said, shall not show the feed. */
export const PlatformBlock = Type.Object(
  {
    id: Type.Optional(
      Type.String({
        pattern: '^[a-z0-9_-]{1,32}$',
        description: 'slug of a service, like spotify',
        rule: 'podcast:block: id is the slug of a service, like spotify',
      }),
    ),
    blocked: Type.Boolean(),
  },
  { additionalProperties: false },
)
export type PlatformBlock = Static<typeof PlatformBlock>
