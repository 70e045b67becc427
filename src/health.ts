import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyPluginAsync } from 'fastify'
import { sql } from 'kysely'
import type { App } from './core/app.ts'

const patienceMs = 3_000

/** For who watches the station: alive (the process answers), ready (database and store do too). */
export const healthRoutes =
  (app: App): FastifyPluginAsync =>
  async (web) => {
    web.get('/health/live', { schema: { hide: true } }, async () => ({ status: 'ok' }))
    web.get('/health/ready', { schema: { hide: true } }, async (_request, reply) => {
      const [database, storage] = await Promise.all([
        answers(() => sql`select 1`.execute(app.db)),
        answers(() => app.storage.check()),
      ])
      const isReady = database && storage
      return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ok' : 'unavailable', database, storage })
    })
  }

/** Whether it answers at all, and in time. */
const answers = (ask: () => Promise<unknown>): Promise<boolean> =>
  Promise.race([
    ask().then(
      () => true,
      () => false,
    ),
    sleep(patienceMs, false, { ref: false }),
  ])
