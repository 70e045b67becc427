import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import type { App } from '../core/app.ts'
import { createLiveItem, deleteLiveItem, getLiveItem, listLiveItems, updateLiveItem } from './live-item.ts'
import { LiveItemChanges, LiveItemParams, LiveItemView, NewLiveItem } from './live-item-schemas.ts'
import { catalogueLimit, ShowParams } from './schemas.ts'
import { getShow } from './show.ts'
import { viewLiveItem } from './view-live-item.ts'

/** The API of a show's live items. */
export const liveItemRoutes =
  (app: App): FastifyPluginAsyncTypebox =>
  async (web) => {
    const url = '/live-items/:liveItemId'

    web.post(
      '/shows/:showId/live-items',
      { bodyLimit: catalogueLimit, schema: { params: ShowParams, body: NewLiveItem, response: { 201: LiveItemView } } },
      async (request, reply) =>
        reply.code(201).send(viewLiveItem(await createLiveItem(app, request.params.showId, request.body))),
    )

    web.get(
      '/shows/:showId/live-items',
      { schema: { params: ShowParams, response: { 200: Type.Array(LiveItemView) } } },
      async (request) => {
        const show = await getShow(app.db, request.params.showId)
        return (await listLiveItems(app.db, show.id)).map(viewLiveItem)
      },
    )

    web.get(url, { schema: { params: LiveItemParams, response: { 200: LiveItemView } } }, async (request) =>
      viewLiveItem(await getLiveItem(app.db, request.params.liveItemId)),
    )

    web.patch(
      url,
      {
        bodyLimit: catalogueLimit,
        schema: { params: LiveItemParams, body: LiveItemChanges, response: { 200: LiveItemView } },
      },
      async (request) => viewLiveItem(await updateLiveItem(app, request.params.liveItemId, request.body)),
    )

    web.delete(url, { schema: { params: LiveItemParams } }, async (request, reply) => {
      await deleteLiveItem(app, request.params.liveItemId)
      return reply.code(204).send()
    })
  }
