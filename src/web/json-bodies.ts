import type { FastifyInstance } from 'fastify'

/**
 * Takes JSON alone; anything else is answered 415 (RFC 9110 §15.5.16). An empty body is none: many clients name the type of what they
 * do not send, as with DELETE.
 */
export function takeJsonOnly(web: FastifyInstance): void {
  const parse = web.getDefaultJsonParser('error', 'error')
  web.removeAllContentTypeParsers()
  web.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) =>
    body === '' ? done(null, undefined) : parse(request, body, done),
  )
}
