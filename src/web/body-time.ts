import type { IncomingMessage } from 'node:http'
import { type Readable, Transform } from 'node:stream'
import createError from '@fastify/error'
import type { FastifyInstance } from 'fastify'
import type { WebLimits } from './limits.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The handler reads the body itself, as it comes, however long that takes. */
    isBodyStreamed?: true
  }
}

type BodyLimits = Pick<WebLimits, 'bodyMs' | 'bodyBytesPerSecond'>

/** Answers 408 (RFC 9110 §15.5.9) to bodies that come too slowly to wait for, but for routes with `isBodyStreamed`. */
export function limitBodyTime(web: FastifyInstance, limits: BodyLimits): void {
  web.addHook('preParsing', (request, reply, payload, done) => {
    if (!hasBody(request.raw) || request.routeOptions.config.isBodyStreamed) return done(null, payload)
    if (request.method === 'GET' || request.method === 'HEAD') {
      // It means nothing (RFC 9110 §9.3.1), and nobody reads it: the connection ends with the answer.
      reply.raw.setHeader('connection', 'close')
      return done(null, payload)
    }
    done(null, inTime(payload as Readable, limits))
  })
}

const hasBody = ({ headers }: IncomingMessage) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

/** The same bytes, or an error when they take too long. The sender is left as it is: it still gets its answer. */
function inTime(body: Readable, { bodyMs, bodyBytesPerSecond }: BodyLimits): Readable {
  const startedAt = performance.now()
  let received = 0
  const timed = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.length
      done(null, chunk)
    },
    destroy(error, done) {
      clearTimeout(timer)
      done(error)
    },
  })
  const leftMs = () => startedAt + bodyMs + (received / bodyBytesPerSecond) * 1000 - performance.now()
  let timer = setTimeout(look, bodyMs).unref()

  function look(): void {
    const left = leftMs()
    if (left <= 0) timed.destroy(new SlowBody())
    else timer = setTimeout(look, left).unref()
  }

  // Whoever is refused by the length of the body alone has nobody who reads it: an error that nobody hears would end the process.
  timed.on('error', () => {})
  body.once('error', (error) => timed.destroy(error))
  body.once('close', () => body.readableEnded || timed.destroy(new Error('the sender went away')))
  return body.pipe(timed)
}

const SlowBody = createError(
  'SLOW_BODY',
  'The body of this request comes too slowly. Try again on a better line; recordings may take their time, at /api/uploads.',
  408,
)
