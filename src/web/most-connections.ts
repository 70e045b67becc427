import type { FastifyInstance } from 'fastify'
import type { App } from '../core/app.ts'

const complainEveryMs = 60_000

/** Refuses connections while there are `maxConnections` already, and says so in the log once a minute. */
export function limitConnections({ config, clock, log }: App, { server }: FastifyInstance): void {
  const { maxConnections } = config
  let complainedAt = Number.NEGATIVE_INFINITY
  server.maxConnections = maxConnections
  server.on('drop', () => {
    if (clock.now() - complainedAt < complainEveryMs) return
    complainedAt = clock.now()
    log.warn({ maxConnections }, 'connections are refused: there are as many as MAX_CONNECTIONS allows')
  })
}
