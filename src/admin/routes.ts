import type { FastifyPluginAsync } from 'fastify'
import { demandSameOrigin } from '../accounts/authenticate.ts'
import type { App } from '../core/app.ts'
import { adminAssets } from './asset-routes.ts'
import { catalogueRoutes } from './catalogue-routes.ts'
import { signInRoutes } from './sign-in-routes.ts'

/** The podcaster's page, to be registered below `/admin`: one plain page of forms on the same verbs as the API. */
export const adminRoutes =
  (app: App): FastifyPluginAsync =>
  async (web) => {
    web.addHook('onRequest', async (request) => demandSameOrigin(app, request))
    await web.register(adminAssets)
    await web.register(signInRoutes(app))
    await web.register(catalogueRoutes(app))
  }
