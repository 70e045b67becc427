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
 * Routes GET and HEAD of an address to one handler, which knows both (Fastify's own HEAD would claim a length of 0), and answers
 * other methods with 405 and `Allow` (RFC 9110 §15.5.6).
 */
export function routeReading<Route extends RouteGenericInterface>(
  web: FastifyInstance,
  url: string,
  handler: Handler<Route>,
): void {
  web.route<Route>({ method: ['GET', 'HEAD'], url, exposeHeadRoute: false, handler })
  // Before a body is looked at: of whatever type it is, it is the method that means nothing.
  web.route({ method: [...others], url, schema: { hide: true }, onRequest: refuse, handler: refuse })
}

const others = ['POST', 'PUT', 'PATCH', 'DELETE'] as const

const refuse = async (_request: FastifyRequest, reply: FastifyReply) =>
  reply
    .code(405)
    .header('allow', 'GET, HEAD')
    .type('application/problem+json')
    .send({ title: 'Method Not Allowed', status: 405, detail: 'Only GET and HEAD mean something here.' })
