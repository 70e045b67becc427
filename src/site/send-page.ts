import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { checkConditions } from '../core/conditions.ts'

/** Sends a page, or 304 when the reader has the same bytes. Readers ask each time: a change is seen at once. */
export function sendPage(request: FastifyRequest, reply: FastifyReply, html: string): FastifyReply {
  const etag = `"${createHash('sha256').update(html).digest('base64url')}"`
  reply.headers({ etag, 'cache-control': 'no-cache' })
  // A page has no date, so conditions on dates do not apply (RFC 9110 §13.1.3, §13.1.4).
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers
  const conditions = { 'if-match': ifMatch, 'if-none-match': ifNoneMatch }
  const verdict = checkConditions(request.method, conditions, { etag, modifiedAt: 0 })
  if (verdict === 'not-modified') return reply.code(304).send()
  if (verdict === 'precondition-failed') return reply.code(412).send()
  return reply.type('text/html; charset=utf-8').send(html)
}
