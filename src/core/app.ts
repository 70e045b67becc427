import type { FastifyBaseLogger } from 'fastify'
import type { Changes } from './changes.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Db } from './db.ts'
import type { EventLog } from './events.ts'
import type { Incoming } from './incoming.ts'
import type { JobQueue } from './jobs.ts'
import type { Mail } from './mail.ts'
import type { ObjectStorage } from './storage.ts'

/** What every verb is given. Made once in `app.ts`. */
export type App = {
  /** With the secrets that a first start made. */
  config: Config & { secretKey: string }
  db: Db
  storage: ObjectStorage
  incoming: Incoming
  jobs: JobQueue
  events: EventLog
  changes: Changes
  /** Asks other servers, and refuses private addresses. */
  fetch: typeof globalThis.fetch
  /** The same for addresses from the settings: the operator may name servers of a private network. */
  fetchTrusted: typeof globalThis.fetch
  mail: Mail
  clock: Clock
  log: FastifyBaseLogger
}
