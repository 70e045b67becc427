import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { checkConditions, conditionsOnTags } from '../core/conditions.ts'

/** Sends a page, or 304 when the reader has the same bytes. Readers ask each time: a change is seen at once. */
export function sendPage(request: FastifyRequest, reply: FastifyReply, html: string): FastifyReply {
  const etag = `"${createHash('sha256').update(html).digest('base64url')}"`
  reply.headers({ etag, 'cache-control': 'no-cache' })
  // A page has no date.
  const verdict = checkConditions(request.method, conditionsOnTags(request.headers), { etag, modifiedAt: 0 })
  if (verdict === 'not-modified') return reply.code(304).send()
  if (verdict === 'precondition-failed') return reply.code(412).send()
  return reply.type('text/html; charset=utf-8').send(html)
}
