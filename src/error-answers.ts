import { STATUS_CODES } from 'node:http'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from './core/app.ts'
import { AppError, type ErrorCode } from './core/errors.ts'
import { sendMoved } from './core/moved.ts'
import { findFormerAddress } from './shows/find-former-address.ts'
import { errorPage } from './site/error-page.tsx'
import { isPassing } from './worker/is-passing.ts'

/** The one map from what can go wrong to HTTP. */
const statusOf: Record<ErrorCode, number> = {
  invalid: 400,
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  gone: 410,
  conflict: 409,
  'precondition-failed': 412,
  'too-large': 413,
  'rate-limited': 429,
  unavailable: 503,
}

/** And of what goes wrong before a room of ours is asked. */
const statusOfFrame = { timeout: 408, 'unsupported-media-type': 415 }

type Problem = Readonly<{ status: number; code: string; detail: string; details?: Record<string, unknown> }>

/**
 * Answers what goes wrong: problem+json (RFC 9457) to programs, a page to people. Only an `AppError`, and what Fastify itself
 * refuses, is told in words; anything else is logged and answered "Internal error".
 */
export function answerErrors(app: App, web: FastifyInstance): void {
  web.setErrorHandler((error, request, reply) => answerFailure(app, request, reply, error))
}

/** Answers addresses that no route knows. */
export function answerUnknown(app: App, web: FastifyInstance): void {
  web.setNotFoundHandler((request, reply) =>
    answerMissing(app, request, reply, {
      status: 404,
      code: 'not-found',
      detail: `There is nothing at ${request.url.slice(0, 200)}. Check the address.`,
    }),
  )
}

async function answerFailure(app: App, request: FastifyRequest, reply: FastifyReply, error: unknown) {
  const problem = problemOf(error as FastifyError) ?? ((await isPassing(app, error)) ? trouble : internal)
  if (problem.code === 'not-found') return answerMissing(app, request, reply, problem)
  if (problem.status >= 500) request.log.error({ error, url: loggedUrl(request) }, 'a request failed')
  return answer(app, request, reply, problem)
}

/** What is not here may have been here before: only then is it looked for, so that it costs nothing where something answers. */
async function answerMissing(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  problem: Problem,
): Promise<FastifyReply> {
  try {
    const location = isReading(request) ? await findFormerAddress(app, request.url) : undefined
    if (location) return sendMoved(reply, location, location.includes('/p/') ? 'private, no-store' : 'no-cache')
  } catch (error) {
    return answerFailure(app, request, reply, error)
  }
  return answer(app, request, reply, problem)
}

const isReading = ({ method }: FastifyRequest) => method === 'GET' || method === 'HEAD'

/** The same for addresses that Fastify refuses before it looks for a route: an option of its own (`frameworkErrors`). */
export const answerBadAddress = (app: App) => (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
  answer(app, request, reply, problemOf(error) ?? internal)
}

function answer(app: App, request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  const { status, code, detail, details } = problem
  reply.code(status).header('cache-control', 'no-store')
  reply.removeHeader('content-length').removeHeader('accept-ranges').removeHeader('etag').removeHeader('last-modified')
  if (status === 401) reply.header('www-authenticate', 'Bearer realm="Longwave"')
  if (status === 503) reply.header('retry-after', '5')
  endUnreadBody(request, reply)
  const title = STATUS_CODES[status] ?? 'Error'
  if (wantsPage(request)) {
    if (!reply.hasHeader('content-security-policy')) reply.headers(pagePolicy)
    return reply.type('text/html; charset=utf-8').send(errorPage(app.config, { status, title, detail }))
  }
  return reply
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title, status, detail, code, ...details }))
}

/** Undefined when it is not the asker's business. */
function problemOf(error: FastifyError | AppError): Problem | undefined {
  if (error instanceof AppError) {
    return { status: statusOf[error.code], code: error.code, detail: error.message, details: error.details }
  }
  if (error.validation) return validationProblem(error)
  const status = error.statusCode ?? 500
  if (status === 413) {
    return {
      status,
      code: 'too-large',
      detail: 'This request is too large. Recordings go to /api/episodes/…/audio or /api/uploads.',
    }
  }
  return status < 500 ? { status, code: codeOf(status), detail: error.message } : undefined
}

const trouble: Problem = {
  status: 503,
  code: 'unavailable',
  detail: 'The database or the disk of this station does not answer. Try again soon.',
}

const internal: Problem = {
  status: 500,
  code: 'internal',
  detail: 'Internal error. It was written to the log of this station.',
}

/** Names the field and the rule that it breaks. */
function validationProblem(error: FastifyError): Problem {
  const [first] = error.validation ?? []
  const parameters: Record<string, unknown> = first?.params ?? {}
  const path = first?.instancePath.split('/').filter(Boolean) ?? []
  const field = [...path, parameters.missingProperty ?? parameters.additionalProperty].filter(Boolean).join('.')
  const choices = error.validation?.flatMap(({ params }) => params.allowedValues ?? params.allowedValue ?? []) ?? []
  const isNoObject = !field && first?.keyword === 'type'
  const broken = isNoObject ? 'must have a JSON object as its body' : (rules[first?.keyword ?? ''] ?? first?.message)
  const listed = choices.length === 0 ? '' : `: ${choices.join(', ')}`
  const detail = `${field ? `“${field}” ` : 'The request '}${broken}${listed}${ruleOf(first)}.`
  return { status: 400, code: 'invalid', detail, details: field ? { field } : undefined }
}

/** What the schema itself says of its rule; of all else that Ajv tells of schema and data, nothing leaves the house. */
function ruleOf(failure: object | undefined): string {
  const { parentSchema } = (failure ?? {}) as { parentSchema?: { rule?: unknown } }
  return typeof parentSchema?.rule === 'string' ? ` (${parentSchema.rule})` : ''
}

/** In our words, by JSON Schema's keyword, where its own message is no sentence with the field's name in front. */
const rules: Record<string, string> = {
  additionalProperties: 'is not a field that is known here',
  const: 'must be one of these',
  enum: 'must be one of these',
  pattern: 'is not written as it must be',
  required: 'is missing',
}

const codeOf = (status: number) =>
  Object.entries({ ...statusOf, ...statusOfFrame }).find(([, each]) => each === status)?.[0] ?? 'invalid'

/** Addresses for programs alone: podcast apps take a page for audio, or for a feed that is broken. */
const neverPages = /^\/(api|audio\/p|shows\/[^/?]+\/(p|feed\.xml))([/?]|$)/

/** Where audio was asked for: what other pages say of themselves comes from a plugin that is not there. */
const pagePolicy = { 'content-security-policy': "default-src 'self'; frame-ancestors 'none'" }

/** People ask with a browser. */
const wantsPage = ({ url, headers }: FastifyRequest) =>
  !neverPages.test(url) && (headers.accept ?? '').includes('text/html')

/** Below `/p/` an address holds a secret: the log is told the route; and nothing of an address that has none, which may be near one. */
const loggedUrl = ({ url, routeOptions }: FastifyRequest) =>
  routeOptions.url === undefined || routeOptions.url.includes('/p/') ? (routeOptions.url ?? 'of no route') : url

const drainMs = 3_000

/**
 * A sender that was refused early goes on sending for a while: read it away for a moment, so that it can read the answer
 * before the connection ends (RFC 9112 §9.6).
 */
function endUnreadBody(request: FastifyRequest, reply: FastifyReply): void {
  if (request.raw.complete || isReading(request)) return
  reply.header('connection', 'close')
  request.raw.resume()
  setTimeout(() => request.raw.complete || request.raw.destroy(), drainMs).unref()
}
