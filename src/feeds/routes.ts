import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../core/app.ts'
import { checkConditions, httpDate } from '../core/conditions.ts'
import { routeReading } from '../core/methods.ts'
import { createServedFeeds, type ServedFeed } from './served-feeds.ts'

const url = '/shows/:showSlug/feed.xml'

/** The RSS feed of a show: compared and sent, never built, when it is asked for. */
export const feedRoutes =
  (app: App): FastifyPluginAsync =>
  async (web) => {
    const feeds = createServedFeeds(app)
    web.addHook('onClose', async () => feeds.close())
    routeReading<{ Params: { showSlug: string } }>(web, url, async (request, reply) =>
      sendFeed(request, reply, await feeds.get(request.params.showSlug)),
    )
  }

/** Each coding is a representation of its own, with its own strong entity tag (RFC 9110 §8.8.3.3). */
function sendFeed(request: FastifyRequest, reply: FastifyReply, feed: ServedFeed): FastifyReply {
  const isGzipped = acceptsGzip(request.headers['accept-encoding'])
  const etag = `"${feed.tag}${isGzipped ? '-gzip' : ''}"`
  reply.headers({
    etag,
    'last-modified': httpDate(feed.modifiedAt),
    'cache-control': 'no-cache',
    vary: 'accept-encoding',
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'etag, last-modified',
  })
  const verdict = checkConditions(request.method, request.headers, { etag, modifiedAt: feed.modifiedAt })
  if (verdict === 'not-modified') return reply.code(304).send()
  if (verdict === 'precondition-failed') return reply.code(412).send()
  if (isGzipped) reply.header('content-encoding', 'gzip')
  return reply.type('application/rss+xml; charset=utf-8').send(isGzipped ? feed.gzipped : feed.xml)
}

/** Whether `Accept-Encoding` takes gzip (RFC 9110 §12.5.3): named, or covered by `*`, and not with a weight of 0. */
export function acceptsGzip(header: string | string[] | undefined): boolean {
  const codings = new Map(
    String(header ?? '')
      .toLowerCase()
      .split(',')
      .map((part) => {
        const [coding = '', ...parameters] = part.split(';').map((piece) => piece.trim())
        const weight = parameters.find((parameter) => parameter.startsWith('q='))
        return [coding, weight === undefined ? 1 : Number(weight.slice(2))] as const
      }),
  )
  return (codings.get('gzip') ?? codings.get('x-gzip') ?? codings.get('*') ?? 0) > 0
}
