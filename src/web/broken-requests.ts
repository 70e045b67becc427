import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Turns } from './turns.ts'

type Refusal = Readonly<{ status: number; code: string; detail: string }>

/** By what Node says went wrong. */
const refusals: Readonly<Record<string, Refusal>> = {
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'timeout',
    detail: 'The head of this request did not come in time. Send it again.',
  },
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'too-large',
    detail: 'The headers of this request are too long. Send fewer of them, or shorter cookies.',
  },
}

const malformed: Refusal = { status: 400, code: 'invalid', detail: 'This is no request of HTTP/1.1.' }

/**
 * Answers what is not yet a request: too slow, too long, or not HTTP at all; and ends the connection. Nothing is put into the middle
 * of an answer that is on its way.
 */
export const refuseBrokenRequests =
  ({ isAnswering }: Turns) =>
  (error: Error & { code?: string }, socket: Socket): void => {
    const refusal = refusals[error.code ?? ''] ?? malformed
    if (socket.writable && error.code !== 'ECONNRESET' && !isAnswering(socket)) socket.write(print(refusal))
    socket.destroy()
  }

/** A whole answer with a problem document (RFC 9457). */
function print({ status, code, detail }: Refusal): string {
  const title = STATUS_CODES[status]
  const body = JSON.stringify({ type: 'about:blank', title, status, detail, code })
  const head = [
    `HTTP/1.1 ${status} ${title}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'Connection: close',
  ]
  return `${head.join('\r\n')}\r\n\r\n${body}`
}
