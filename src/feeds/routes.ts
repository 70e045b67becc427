import type { FastifyPluginAsync } from 'fastify'
import type { App } from '../core/app.ts'
import { routeReading } from '../core/methods.ts'
import { sendMoved } from '../core/moved.ts'
import { codingChooser } from './accept-encoding.ts'
import type { ServedFeed } from './load-feed.ts'
import { noSuchPage, tryParsePage } from './pages.ts'
import { sendDocument } from './send-document.ts'
import { sendPrivateFeed } from './send-private-feed.ts'
import { createServedFeeds, type MovedFeed } from './served-feeds.ts'

type Page = { Querystring: { before?: unknown } }
type PublicFeed = Page & { Params: { showSlug: string } }
type PrivateFeed = Page & { Params: { showSlug: string; feedToken: string } }

const addresses = {
  publicFeed: '/shows/:showSlug/feed.xml',
  privateFeed: '/shows/:showSlug/p/:feedToken/feed.xml',
} as const

const chooseCoding = codingChooser(['br', 'gzip'])

/** The RSS feeds of a show: compared and sent, never built, when they are asked for. */
export const feedRoutes =
  (app: App): FastifyPluginAsync =>
  async (web) => {
    const feeds = createServedFeeds(app)
    web.addHook('onClose', async () => feeds.close())

    // A player on another site shall hear what is wrong, as that a private feed was taken back.
    web.setErrorHandler((error, _request, reply) => {
      reply.header('access-control-allow-origin', '*')
      throw error
    })

    routeReading<PublicFeed>(web, addresses.publicFeed, (request, reply) => {
      const page = demandPage(request.query.before)
      const send = (feed: ServedFeed | MovedFeed) => {
        if ('movedTo' in feed) return sendMoved(reply, feed.movedTo)
        feeds.demandKept(feed.retiredAt, page)
        return sendDocument(request, reply, feed.answers, feed.body)
      }
      const coding = chooseCoding(request.headers['accept-encoding'])
      const feed = feeds.get({ slug: request.params.showSlug, page }, coding)
      if (feed instanceof Promise) return feed.then(send)
      // Fastify would wait for what is returned, and it is answered already.
      send(feed)
    })

    routeReading<PrivateFeed>(web, addresses.privateFeed, async (request, reply) => {
      const { showSlug, feedToken } = request.params
      const asked = { slug: showSlug, page: demandPage(request.query.before), feedToken }
      return sendPrivateFeed(app, feeds, asked, { request, reply })
    })
  }

/** Other parameters are taken and mean nothing: apps and those who count add some. Throws `not-found`. */
function demandPage(before: unknown): number {
  const page = tryParsePage(before)
  if (page === undefined) throw noSuchPage(String(before))
  return page
}
