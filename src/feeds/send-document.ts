import type { FastifyReply, FastifyRequest } from 'fastify'
import { checkConditions, httpDate, type Validators } from '../core/conditions.ts'
import type { Coding } from './accept-encoding.ts'
import type { DocumentRow } from './feed-document.ts'

type Headers = Readonly<Record<string, string>>

/** What is sent of a document in one coding, made once for all who ask. */
export type Answer = Readonly<{
  validators: Validators
  /** Of every answer, 304 too (RFC 9110 §15.4.5). */
  headers: Headers
  /** Beside those, where there is a body. */
  bodyHeaders: Headers
}>

/** Players on other sites read feeds too; a browser that shows one may load its style sheet, and nothing else. */
const common: Headers = {
  vary: 'accept-encoding',
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'etag, last-modified, link',
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
}

const contentHeaders: Headers = {
  'content-type': 'application/rss+xml; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'self'; frame-ancestors 'none'",
}

const etagEnd: Readonly<Record<Coding, string>> = { br: '-br', gzip: '-gzip', identity: '' }

/** Each coding is a representation of its own, with its own strong entity tag (RFC 9110 §8.8.3.3). */
export function answerOf({ modelHash, modifiedAt }: DocumentRow, coding: Coding, more: Headers): Answer {
  const etag = `"${modelHash}${etagEnd[coding]}"`
  return {
    validators: { etag, modifiedAt },
    headers: { etag, 'last-modified': httpDate(modifiedAt), ...common, ...more },
    bodyHeaders: coding === 'identity' ? contentHeaders : { ...contentHeaders, 'content-encoding': coding },
  }
}

/** Answers 304 or 412 where the request's conditions say so; undefined: the body is wanted. */
export function answerWithoutBody(
  request: FastifyRequest,
  reply: FastifyReply,
  { validators, headers }: Answer,
): FastifyReply | undefined {
  const verdict = checkConditions(request.method, request.headers, validators)
  if (verdict === 'proceed') return undefined
  return reply
    .code(verdict === 'not-modified' ? 304 : 412)
    .headers(headers)
    .send()
}

export const sendBody = (reply: FastifyReply, { headers, bodyHeaders }: Answer, body: Buffer): FastifyReply =>
  reply.headers(headers).headers(bodyHeaders).send(body)
