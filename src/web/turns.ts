import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** Who asked last on a connection, and how many wait behind who is answered. */
type Line = { last: ServerResponse; waiting: number }

export type Turns = Readonly<{
  /** From now on requests that come before earlier ones of their connection are answered (pipelining, RFC 9112 §9.3.2) wait. */
  keepIn(web: FastifyInstance): void
  /** Whether an answer is on its way over that connection. */
  isAnswering(socket: Socket): boolean
}>

/**
 * Requests of one connection are taken one at a time: answers that wait for those before them would wait in memory. A connection on
 * which more than `waitingRequests` wait is cut off.
 */
export function createTurns(waitingRequests: number): Turns {
  const lines = new WeakMap<Socket, Line>()

  function startLine(socket: Socket, first: ServerResponse): Line {
    const line = { last: first, waiting: 0 }
    lines.set(socket, line)
    return line
  }

  function takeTurn(socket: Socket, answer: ServerResponse, go: () => void): void {
    const line = lines.get(socket) ?? startLine(socket, answer)
    const before = line.last
    line.last = answer
    if (answer.socket) go()
    else if (line.waiting === waitingRequests) socket.destroy()
    else {
      line.waiting += 1
      before.once('close', () => {
        line.waiting -= 1
        // The one before may have ended with the connection.
        if (answer.socket) go()
      })
    }
  }

  return {
    keepIn(web) {
      web.addHook('onRequest', (request, reply, done) => takeTurn(request.raw.socket, reply.raw, done))
    },
    isAnswering(socket) {
      const answer = lines.get(socket)?.last
      return answer !== undefined && !answer.writableFinished
    },
  }
}
