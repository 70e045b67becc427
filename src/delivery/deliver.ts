import type { OutgoingHttpHeader, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../core/app.ts'
import { checkConditions, httpDate, ifRangeMatches, type Validators } from '../core/conditions.ts'
import { attachmentHeader } from '../core/disposition.ts'
import { notFound } from '../core/errors.ts'
import type { BlockReader, ByteRange, ObjectStorage } from '../core/storage.ts'
import { whenKnown } from '../core/when-known.ts'
import { type Body, bodyOf, type RawHeaders } from './body.ts'
import { parseRanges } from './range.ts'
import { sendBlocks } from './send-blocks.ts'
import { sendStream } from './send-stream.ts'

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
  /** Where nginx, in front of us, has the object inside: its body is left to nginx (`X-Accel-Redirect`). */
  internalPath?: string
  /** Told once for each answer, which ends after that: before the last byte is handed on, or when the client has gone. */
  onAnswered?(status: number, bytesSent: number): Promise<void>
}>

/** For addresses whose bytes never change. */
export const immutable = 'public, max-age=31536000, immutable'

/** What is left to do when `deliver` returns: nothing, or the rest of an answer, with the reply where Fastify has to send it. */
type Delivery = FastifyReply | undefined | Promise<FastifyReply | undefined>

/** Answers GET and HEAD for a stored object by RFC 9110: preconditions, then ranges; strong entity tag, never content-coded. */
export function deliver(
  { storage }: App,
  request: FastifyRequest,
  reply: FastifyReply,
  media: Deliverable,
  { cacheControl, attachment, internalPath, onAnswered = async () => {} }: DeliveryOptions,
): Delivery {
  const { validators, always } = description(media)
  const disposition = attachment ? ['content-disposition', attachmentHeader(attachment)] : []
  const headers = always.concat('cache-control', cacheControl, disposition)
  const answerWithoutBody = async (status: number, more: RawHeaders = []) => {
    await onAnswered(status, 0)
    return reply
      .code(status)
      .headers(byName(headers.concat(more)))
      .send()
  }
  const verdict = checkConditions(request.method, request.headers, validators)
  if (verdict === 'not-modified') return answerWithoutBody(304)
  if (verdict === 'precondition-failed') return answerWithoutBody(412)

  const ranges = rangesOf(request, validators, media.bytes)
  if (ranges === 'unsatisfiable') {
    return answerWithoutBody(416, ['content-range', `bytes */${media.bytes}`])
  }
  if (internalPath !== undefined && isLeftToNginx(request)) {
    const instead = { 'content-type': media.type, 'x-accel-redirect': internalPath }
    return reply.headers(byName(headers)).removeHeader('accept-ranges').headers(instead).send()
  }
  const body = bodyOf(media, ranges)
  if (request.method === 'HEAD') return answerWithoutBody(200, body.headers)
  const onEnd = (bytesSent: number) => onAnswered(body.status, bytesSent)
  return send(storage, reply, { media, headers: headers.concat(body.headers), body, onEnd })
}

/** `always`: what every answer says of it. */
type Description = Readonly<{ validators: Validators; always: RawHeaders }>

const descriptions = new WeakMap<Deliverable, Description>()

/** Made once for each object that is asked for again and again: printing its date alone takes as long as the journal. */
function description(media: Deliverable): Description {
  const known = descriptions.get(media)
  if (known) return known
  const made = describe(media)
  descriptions.set(media, made)
  return made
}

function describe({ sha256, createdAt }: Deliverable): Description {
  const etag = `"${sha256.slice(0, 32)}"`
  const always = Object.entries({
    etag,
    'last-modified': httpDate(createdAt),
    'accept-ranges': 'bytes',
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'accept-ranges, content-length, content-range, etag',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
  })
  return { validators: { etag, modifiedAt: createdAt }, always: always.flat() }
}

function byName(headers: RawHeaders): Record<string, string | number | undefined> {
  const named: Record<string, string | number | undefined> = {}
  for (let at = 0; at < headers.length; at += 2) named[String(headers[at])] = headers[at + 1]
  return named
}

/**
 * nginx knows ranges and `If-Range`, but would answer HEAD with a part, and compare the other conditions that still stand here
 * with a tag and a date of its own. It says `Accept-Ranges` by itself.
 */
const isLeftToNginx = ({ method, headers }: FastifyRequest) =>
  method === 'GET' && headers['if-match'] === undefined && headers['if-unmodified-since'] === undefined

/** Ranges have a meaning for GET alone, and only while `If-Range` holds (RFC 9110 §14.2). */
function rangesOf({ method, headers }: FastifyRequest, validators: Validators, size: number) {
  const ifRange = headers['if-range']
  if (method !== 'GET' || headers.range === undefined) return undefined
  if (ifRange !== undefined && !ifRangeMatches(String(ifRange), validators)) return undefined
  return parseRanges(headers.range, size)
}

type Sending = Readonly<{
  media: Deliverable
  headers: RawHeaders
  body: Body
  onEnd(bytesSent: number): Promise<void>
}>

/** From memory and kept descriptors where the store is on this machine: Fastify's own way of sending streams takes three times as long. */
const send = (storage: ObjectStorage, reply: FastifyReply, sending: Sending) =>
  whenKnown(storage.openBlocks(sending.media.key), (reader) =>
    reader ? sendRead(reply, reader, sending) : sendOpened(storage, reply, sending),
  )

function sendRead(reply: FastifyReply, reader: BlockReader, { headers, body, onEnd }: Sending): Promise<undefined> {
  const response = takeOver(reply, body, headers)
  return sendBlocks(response, body.parts, reader, onEnd)
}

async function sendOpened(
  storage: ObjectStorage,
  reply: FastifyReply,
  { media, headers, body, onEnd }: Sending,
): Promise<undefined> {
  const stream = await openStream(storage, media.key, body)
  await sendStream(takeOver(reply, body, headers), stream, body.bytes, onEnd)
}

/** Fastify has no part in the answer from here on. */
function takeOver(reply: FastifyReply, { status }: Body, headers: RawHeaders): ServerResponse {
  reply.hijack()
  return reply.raw.writeHead(status, headers as OutgoingHttpHeader[])
}

/** Throws `not-found` before the head is written. */
async function openStream(storage: ObjectStorage, key: string, { status, parts }: Body): Promise<Readable> {
  const ranges = parts.filter((part): part is ByteRange => !Buffer.isBuffer(part))
  const first = await storage.open(key, status === 206 ? ranges[0] : undefined)
  if (!first) throw notFound('file', key)
  return parts.length > 1 ? Readable.from(join(storage, key, parts, first)) : first
}

/** The parts of several ranges one after the other; the first range is open already, so that a lost object is known before the head. */
async function* join(
  storage: ObjectStorage,
  key: string,
  parts: Body['parts'],
  first: Readable,
): AsyncGenerator<Buffer> {
  let opened: Readable | undefined = first
  for (const part of parts) {
    if (Buffer.isBuffer(part)) {
      yield part
      continue
    }
    const source: Readable | undefined = opened ?? (await storage.open(key, part))
    opened = undefined
    if (!source) throw new Error(`${key} went away while it was sent`)
    yield* source
  }
}
