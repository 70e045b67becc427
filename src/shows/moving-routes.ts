import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import { aliasUrl } from '../core/addresses.ts'
import type { App } from '../core/app.ts'
import { addAlias, listAliases, removeAlias } from './alias.ts'
import type { FormerAddress } from './former-address.ts'
import { moveShow, moveShowBack } from './move.ts'
import { AliasQuery, AliasView, NewAlias, NewMove } from './moving-schemas.ts'
import { ShowParams, ShowView } from './schemas.ts'
import { viewShow } from './view-show.ts'

/** The API of moving: a feed away to another address, and the addresses that a feed had before it came here. */
export const movingRoutes =
  (app: App): FastifyPluginAsyncTypebox =>
  async (web) => {
    web.put(
      '/shows/:showId/move',
      { schema: { params: ShowParams, body: NewMove, response: { 200: ShowView } } },
      async ({ params, body: { to, redirect = true } }) =>
        viewShow(app, await moveShow(app, params.showId, { to, redirects: redirect })),
    )

    web.delete(
      '/shows/:showId/move',
      { schema: { params: ShowParams, response: { 200: ShowView } } },
      async ({ params }) => viewShow(app, await moveShowBack(app, params.showId)),
    )

    web.post(
      '/shows/:showId/aliases',
      { schema: { params: ShowParams, body: NewAlias, response: { 201: AliasView } } },
      async ({ params, body }, reply) =>
        reply.code(201).send(viewAlias(app, await addAlias(app, params.showId, body.path))),
    )

    web.get(
      '/shows/:showId/aliases',
      { schema: { params: ShowParams, response: { 200: Type.Array(AliasView) } } },
      async ({ params }) => (await listAliases(app, params.showId)).map((alias) => viewAlias(app, alias)),
    )

    web.delete(
      '/shows/:showId/aliases',
      { schema: { params: ShowParams, querystring: AliasQuery } },
      async ({ params, query }, reply) => {
        await removeAlias(app, params.showId, query.path)
        return reply.code(204).send()
      },
    )
  }

const viewAlias = ({ config }: App, { path, createdAt }: FormerAddress): AliasView => ({
  path,
  url: aliasUrl(config, path),
  createdAt: new Date(createdAt).toISOString(),
})
