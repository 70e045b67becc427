import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
  RouteGenericInterface,
  RouteHandlerMethod,
} from 'fastify'

type Handler<Route extends RouteGenericInterface> = RouteHandlerMethod<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  Route
>

/**
 * Routes GET and HEAD of an address to one handler, which knows both (Fastify's own HEAD would claim a length of 0), answers
 * OPTIONS, and other methods with 405 and `Allow` (RFC 9110 §9.3.7, §15.5.6).
 */
export function routeReading<Route extends RouteGenericInterface>(
  web: FastifyInstance,
  url: string,
  handler: Handler<Route>,
): void {
  web.route<Route>({ method: ['GET', 'HEAD'], url, exposeHeadRoute: false, handler })
  web.route({ method: 'OPTIONS', url, schema: { hide: true }, handler: tellOptions })
  // Before a body is looked at: of whatever type it is, it is the method that means nothing.
  web.route({ method: [...others], url, schema: { hide: true }, onRequest: refuse, handler: refuse })
}

const others = ['POST', 'PUT', 'PATCH', 'DELETE'] as const

const allow = 'GET, HEAD, OPTIONS'

/**
 * A player on another site asks so before it sends a condition, or a range that is not a plain one (Fetch, CORS-preflight). What may
 * be read there is told by the answer to GET.
 */
const preflight = {
  allow,
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, HEAD',
  'access-control-allow-headers': '*',
  'access-control-max-age': '86400',
}

const tellOptions = async (_request: FastifyRequest, reply: FastifyReply) => reply.code(204).headers(preflight).send()

const refuse = async (_request: FastifyRequest, reply: FastifyReply) =>
  reply
    .code(405)
    .header('allow', allow)
    .type('application/problem+json')
    .send({ title: 'Method Not Allowed', status: 405, detail: 'Only GET and HEAD mean something here.' })
