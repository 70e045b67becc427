import type { FastifyReply, FastifyRequest } from 'fastify'
import { checkConditions, httpDate, type Validators } from '../core/conditions.ts'
import type { Coding } from './accept-encoding.ts'
import type { DocumentRow } from './feed-document.ts'

type Headers = Readonly<Record<string, string>>

/** What is sent beside the bytes of a document in one coding, to one kind of reader; made once for all who ask. */
type Answer = Readonly<{
  validators: Validators
  /** Of 304: what caches are to know, and no more (RFC 9110 §15.4.5). */
  unchanged: Headers
  whole: Headers
}>

/**
 * To podcast apps; and to browsers that are to show it, which take `application/rss+xml` for plain text, or for a file to be saved:
 * the same bytes as `application/xml`, so that its style sheet counts.
 */
export type Answers = Readonly<{ app: Answer; browser: Answer }>

/** Players on other sites read feeds too. */
const always: Headers = { vary: 'accept-encoding, sec-fetch-dest', 'access-control-allow-origin': '*' }

const withBody: Headers = {
  'access-control-expose-headers': 'etag, last-modified, link',
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
}

/** A browser that shows a feed may load its style sheet, and nothing else. */
const browserPolicy: Headers = {
  'content-security-policy': "default-src 'none'; style-src 'self'; frame-ancestors 'none'",
}

const codingTags: Readonly<Record<Coding, string>> = { br: '-br', gzip: '-gzip', identity: '' }

/** Each is a representation of its own, with its own strong entity tag (RFC 9110 §8.8.3.3). */
export function answersOf({ modelHash, modifiedAt }: DocumentRow, coding: Coding, more: Headers): Answers {
  const contentCoding: Headers = coding === 'identity' ? {} : { 'content-encoding': coding }
  const answerTo = (reader: string, type: string, own: Headers): Answer => {
    const etag = `"${modelHash}${codingTags[coding]}${reader}"`
    const unchanged = { etag, ...always, ...more }
    const content = {
      'last-modified': httpDate(modifiedAt),
      'content-type': `${type}; charset=utf-8`,
      ...contentCoding,
    }
    return { validators: { etag, modifiedAt }, unchanged, whole: { ...unchanged, ...content, ...withBody, ...own } }
  }
  return {
    app: answerTo('', 'application/rss+xml', {}),
    browser: answerTo('-page', 'application/xml', browserPolicy),
  }
}

/** Browsers say when a person goes to an address (Fetch Metadata); apps do not. */
const answerFor = ({ headers }: FastifyRequest, answers: Answers): Answer =>
  headers['sec-fetch-dest'] === 'document' ? answers.browser : answers.app

/** Sends that body; or 304 or 412, as the request's conditions say. */
export function sendDocument(
  request: FastifyRequest,
  reply: FastifyReply,
  answers: Answers,
  body: Buffer,
): FastifyReply {
  const { whole } = answerFor(request, answers)
  return sendUnchanged(request, reply, answers) ?? reply.headers(whole).send(body)
}

/** Sends 304 or 412 where the request's conditions say so; undefined: the body is wanted. */
export function sendUnchanged(
  request: FastifyRequest,
  reply: FastifyReply,
  answers: Answers,
): FastifyReply | undefined {
  const { validators, unchanged } = answerFor(request, answers)
  const verdict = checkConditions(request.method, request.headers, validators)
  if (verdict === 'proceed') return undefined
  return reply
    .code(verdict === 'not-modified' ? 304 : 412)
    .headers(unchanged)
    .send()
}
