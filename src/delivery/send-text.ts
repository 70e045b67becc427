import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { checkConditions, conditionsOnTags } from '../core/conditions.ts'

/** A whole document that is kept in memory. */
export type TextDocument = Readonly<{ body: Buffer; type: string; etag: string }>

export function textDocument(type: string, text: string): TextDocument {
  const body = Buffer.from(text)
  return { body, type, etag: `"${createHash('sha256').update(body).digest('base64url')}"` }
}

/** Sends it, to players on other sites too, or 304. It has no date: conditions on dates do not apply (RFC 9110 §13.1.3). */
export function sendText(
  request: FastifyRequest,
  reply: FastifyReply,
  { body, type, etag }: TextDocument,
): FastifyReply {
  reply.headers({
    etag,
    'cache-control': 'public, no-cache',
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'etag',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
  })
  const verdict = checkConditions(request.method, conditionsOnTags(request.headers), { etag, modifiedAt: 0 })
  if (verdict === 'not-modified') return reply.code(304).send()
  if (verdict === 'precondition-failed') return reply.code(412).send()
  return reply.header('content-type', type).send(body)
}
