import { type Static, Type } from '@fastify/type-provider-typebox'
import { Instant } from './schemas.ts'

export const NewMove = Type.Object(
  {
    to: Type.String({ minLength: 1, description: 'https address of the feed that subscribers are to follow instead' }),
    redirect: Type.Optional(
      Type.Boolean({ description: 'whether the feed here answers 301; absent: it does. Else only its document tells' }),
    ),
  },
  { additionalProperties: false },
)

const aliasPath = (description: string) => Type.String({ minLength: 1, maxLength: 2000, description })

export const NewAlias = Type.Object(
  { path: aliasPath('where the feed was before it came here, without https:// and host: /feed/podcast') },
  { additionalProperties: false },
)

export const AliasQuery = Type.Object({ path: aliasPath('of the alias') }, { additionalProperties: false })

export const AliasView = Type.Object(
  {
    path: Type.String({ description: 'escaped as in an address, without a slash at the end' }),
    url: Type.String({ description: 'what answers 301 to the feed' }),
    createdAt: Instant('when it was made'),
  },
  { $id: 'Alias' },
)
export type AliasView = Static<typeof AliasView>
