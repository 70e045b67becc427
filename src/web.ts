import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import { authenticate } from './accounts/authenticate.ts'
import { adminRoutes } from './admin/routes.ts'
import { reportRoutes } from './analytics/routes.ts'
import type { App } from './core/app.ts'
import { notFound } from './core/errors.ts'
import { deliveryRoutes } from './delivery/routes.ts'
import { answerBadAddress, answerErrors, answerUnknown } from './error-answers.ts'
import { showHealthRoutes } from './feeds/health/routes.ts'
import { pushRoutes } from './feeds/push/routes.ts'
import { feedRoutes } from './feeds/routes.ts'
import { healthRoutes } from './health.ts'
import { openApi, referencePage } from './open-api.ts'
import { feedTokenRoutes } from './shows/feed-token-routes.ts'
import { liveItemRoutes } from './shows/live-item-routes.ts'
import { movingRoutes } from './shows/moving-routes.ts'
import { showRoutes } from './shows/routes.ts'
import { textRoutes } from './shows/text-routes.ts'
import { assetRoutes } from './site/asset-routes.ts'
import { siteRoutes } from './site/routes.ts'
import { uploadRoutes } from './uploads/routes.ts'
import { transcriptionRoutes } from './uploads/transcription-routes.ts'
import { limitBodyTime } from './web/body-time.ts'
import { refuseBrokenRequests } from './web/broken-requests.ts'
import { compileWhenNeeded } from './web/compile-schemas.ts'
import { takeJsonOnly } from './web/json-bodies.ts'
import { type WebLimits, webLimits } from './web/limits.ts'
import { limitConnections } from './web/most-connections.ts'
import { createTurns } from './web/turns.ts'

const jsonLimit = 1024 * 1024

/** The web server of a station, not listening yet: every room's routes, and the plugins that they need. */
export async function buildWeb(app: App, limits: WebLimits = webLimits): Promise<FastifyInstance> {
  const turns = createTurns(limits.waitingRequests)
  const web = Fastify({
    loggerInstance: app.log,
    logController: new LogController({ disableRequestLogging: true }),
    // A logger for each request would be felt in a 304, and what goes wrong is logged with its address.
    childLoggerFactory: (log) => log,
    trustProxy: app.config.trustProxy,
    bodyLimit: jsonLimit,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 300 },
    forceCloseConnections: true,
    ...timeLimits(limits),
    clientErrorHandler: refuseBrokenRequests(turns),
    frameworkErrors: answerBadAddress(app),
  })
  await compileWhenNeeded(web)
  answerErrors(app, web)
  limitConnections(app, web)
  turns.keepIn(web)
  limitBodyTime(web, limits)
  web.addHook('onRequest', ({ url }, _reply, done) => {
    // No name here holds a NUL, and PostgreSQL refuses to look for one.
    done(url.includes('%00') ? notFound('page', url.slice(0, 200)) : undefined)
  })
  await web.register(swagger, openApi(app))
  await web.register(pageRoutes(app))
  await web.register(feedRoutes(app))
  await web.register(deliveryRoutes(app))
  return web
}

/**
 * What people and the API's callers are answered, with cookies, forms and the security headers of pages. Feeds and audio stand
 * apart: they bring their own headers, and the hooks of these plugins take a tenth of a short answer's time.
 */
const pageRoutes = (app: App) => async (web: FastifyInstance) => {
  await web.register(helmet, securityHeaders(app))
  await web.register(cookie)
  await web.register(formbody)
  answerUnknown(app, web)
  await web.register(
    async (api) => {
      await api.register(swaggerUi, referencePage)
      api.get('/openapi.json', { schema: { hide: true } }, async () => api.swagger())
      await api.register(async (guarded) => {
        takeJsonOnly(guarded)
        guarded.addHook('onRequest', async (request) => {
          await authenticate(app, request)
        })
        await guarded.register(showRoutes(app))
        await guarded.register(feedTokenRoutes(app))
        await guarded.register(liveItemRoutes(app))
        await guarded.register(movingRoutes(app))
        await guarded.register(textRoutes(app))
        await guarded.register(uploadRoutes(app))
        await guarded.register(transcriptionRoutes(app))
        await guarded.register(pushRoutes(app))
        await guarded.register(showHealthRoutes(app))
        await guarded.register(reportRoutes(app))
      })
    },
    { prefix: '/api' },
  )
  await web.register(assetRoutes)
  await web.register(siteRoutes(app))
  await web.register(adminRoutes(app), { prefix: '/admin' })
  await web.register(healthRoutes(app))
}

const timeLimits = ({ headMs, headBytes, silenceMs, idleMs }: WebLimits) => ({
  http: { headersTimeout: headMs, connectionsCheckingInterval: headMs / 4, maxHeaderSize: headBytes },
  // A recording may take hours to arrive, but not minutes without a byte; events beat every 15 seconds.
  requestTimeout: 0,
  connectionTimeout: silenceMs,
  keepAliveTimeout: idleMs,
})

/** Where audio is redirected without TLS, as in a network of one's own. */
function plainMediaOrigins({ delivery, cdnUrl, s3 }: App['config']): string[] {
  const targets = delivery === 'redirect' ? [cdnUrl, s3?.endpoint] : []
  return targets.flatMap((url) => (url?.startsWith('http:') ? [new URL(url).origin] : []))
}

/** Everything on our pages comes from the station itself; pictures and audio may come from where a CDN serves them. */
function securityHeaders({ config }: App) {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'https:'],
        mediaSrc: ["'self'", 'https:', ...plainMediaOrigins(config)],
        styleSrc: ["'self'"],
        scriptSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: config.publicUrl.startsWith('https:') ? { maxAge: 15_552_000 } : false,
    crossOriginResourcePolicy: { policy: 'same-site' as const },
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' as const },
  }
}
