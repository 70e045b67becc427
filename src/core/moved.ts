import type { FastifyReply } from 'fastify'

/** Answers 301 to that absolute address. It is asked for anew each time: a show may come back. */
export const sendMoved = (reply: FastifyReply, location: string, cacheControl = 'no-cache'): FastifyReply =>
  reply.code(301).headers({ location, 'cache-control': cacheControl, 'access-control-allow-origin': '*' }).send()
