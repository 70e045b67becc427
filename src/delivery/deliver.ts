import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../core/app.ts'
import { checkConditions, httpDate, ifRangeMatches } from '../core/conditions.ts'
import { notFound } from '../core/errors.ts'
import type { ByteRange } from '../core/storage.ts'
import { metered } from './metered.ts'
import { parseRange } from './range.ts'

/** A stored object as it is served. */
export type Deliverable = Readonly<{
  key: string
  type: string
  bytes: number
  sha256: string
  /** Epoch milliseconds. */
  createdAt: number
}>

export type DeliveryOptions = Readonly<{
  cacheControl: string
  /** Saves it as a file of that name (RFC 6266). */
  attachment?: string
  /** Told once for each answer: before the last byte of the body is handed on, or when the client has gone. */
  onAnswered?(status: number, bytesSent: number): void
}>

/** For addresses whose bytes never change. */
export const immutable = 'public, max-age=31536000, immutable'

/** Answers GET and HEAD for a stored object by RFC 9110: preconditions, then one range; strong entity tag, never content-coded. */
export async function deliver(
  { storage }: App,
  request: FastifyRequest,
  reply: FastifyReply,
  media: Deliverable,
  { cacheControl, attachment, onAnswered = () => {} }: DeliveryOptions,
): Promise<FastifyReply> {
  const validators = { etag: `"${media.sha256.slice(0, 32)}"`, modifiedAt: media.createdAt }
  reply.headers({
    etag: validators.etag,
    'last-modified': httpDate(media.createdAt),
    'accept-ranges': 'bytes',
    'cache-control': cacheControl,
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'accept-ranges, content-length, content-range, etag',
    'cross-origin-resource-policy': 'cross-origin',
    ...(attachment && { 'content-disposition': `attachment; filename="${attachment}"` }),
  })
  const answerWithoutBody = (status: number) => {
    onAnswered(status, 0)
    return reply.code(status).send()
  }
  const verdict = checkConditions(request.method, request.headers, validators)
  if (verdict === 'not-modified') return answerWithoutBody(304)
  if (verdict === 'precondition-failed') return answerWithoutBody(412)

  const range = rangeOf(request, validators, media.bytes)
  if (range === 'unsatisfiable') {
    reply.header('content-range', `bytes */${media.bytes}`)
    return answerWithoutBody(416)
  }
  const { start, end } = range ?? { start: 0, end: media.bytes - 1 }
  const length = end - start + 1
  reply.type(media.type).header('content-length', length)
  if (request.method === 'HEAD') return answerWithoutBody(200)

  const body = await storage.open(media.key, range)
  if (!body) throw notFound('file', request.url)
  if (range) reply.code(206).header('content-range', `bytes ${start}-${end}/${media.bytes}`)
  return reply.send(metered(body, length, (bytesSent) => onAnswered(reply.statusCode, bytesSent)))
}

/** Ranges have a meaning for GET alone, and only while `If-Range` holds (RFC 9110 §14.2). */
function rangeOf(
  { method, headers }: FastifyRequest,
  validators: { etag: string; modifiedAt: number },
  size: number,
): ByteRange | 'unsatisfiable' | undefined {
  const ifRange = headers['if-range']
  if (method !== 'GET' || headers.range === undefined) return undefined
  if (ifRange !== undefined && !ifRangeMatches(String(ifRange), validators)) return undefined
  return parseRange(headers.range, size)
}
