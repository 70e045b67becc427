import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { FastifyBaseLogger } from 'fastify'
import type { App } from './core/app.ts'
import { type Clock, systemClock } from './core/clock.ts'
import type { Config } from './core/config.ts'
import { createChangeTable } from './platform/change-table.ts'
import type { Database } from './platform/database.ts'
import { createGuardedFetch } from './platform/guarded-fetch.ts'
import { createHitJournal } from './platform/hit-journal.ts'
import { createJobTable } from './platform/job-table.ts'
import { createLeaseLocker } from './platform/lease-locker.ts'
import { createMail } from './platform/mail.ts'
import { migrate } from './platform/migrate.ts'

const databasePatienceMs = 60_000

/** An open station. Close it once, after everything that uses it. */
export type OpenApp = App & { close(): Promise<void> }

type Options = Readonly<{
  clock?: Clock
  /**
   * False where a worker thread of this process opens the same station: it moves this one's hits into the database too, and
   * keeps SQLite's log short, so that this thread is never held by it.
   */
  isAlone?: boolean
}>

/**
 * Opens a station: SQLite or PostgreSQL, disk or S3, as the configuration says; migrates the database. What is not used is
 * not even loaded. The only file that knows all implementations.
 */
export async function openApp(
  config: Config,
  log: FastifyBaseLogger,
  { clock = systemClock, isAlone = true }: Options = {},
): Promise<OpenApp> {
  const { home } = config
  mkdirSync(path.join(home, 'tmp'), { recursive: true })
  process.env.TMPDIR = path.join(home, 'tmp')
  const database = await openDatabase(config, log, isAlone)
  await migrate(database, {
    patienceMs: databasePatienceMs,
    onAway: (error) => log.warn({ error }, 'the database does not answer: waiting for it, a minute at most'),
  })
  const changes = createChangeTable(database.db, clock, (error) => log.warn({ error }, 'changes could not be read'))
  const events = createHitJournal(database, path.join(home, 'journal'), { clock, log, ships: isAlone })
  return {
    config: { ...config, secretKey: config.secretKey ?? ownSecretKey(home) },
    db: database.db,
    ...(await openStores(config, database, clock)),
    jobs: createJobTable(database),
    events,
    changes,
    fetch: createGuardedFetch(),
    fetchTrusted: createGuardedFetch({ allowPrivate: true }),
    mail: createMail(config.smtpUrl),
    clock,
    log,
    async close() {
      await changes.close()
      await events.close()
      await database.close()
    },
  }
}

async function openDatabase(
  { databaseUrl, home }: Config,
  log: FastifyBaseLogger,
  isAlone: boolean,
): Promise<Database> {
  if (databaseUrl) {
    const { openPostgres } = await import('./platform/postgres.ts')
    return openPostgres(databaseUrl, (error) => log.warn({ error }, 'an idle database connection was lost'))
  }
  const { openSqlite } = await import('./platform/sqlite.ts')
  return openSqlite(path.join(home, 'longwave.sqlite'), { movesLog: isAlone })
}

async function openStores(
  { s3, home }: Config,
  database: Database,
  clock: Clock,
): Promise<Pick<App, 'storage' | 'incoming'>> {
  const locker = createLeaseLocker(database, clock)
  if (s3) {
    const { createS3Storage } = await import('./platform/s3-storage.ts')
    const { createS3Incoming } = await import('./platform/s3-incoming.ts')
    return { storage: createS3Storage(s3), incoming: createS3Incoming(s3, locker) }
  }
  const { createDiskStorage } = await import('./platform/disk-storage.ts')
  const { createDiskIncoming } = await import('./platform/disk-incoming.ts')
  return {
    storage: createDiskStorage(path.join(home, 'storage')),
    incoming: createDiskIncoming(path.join(home, 'incoming'), locker),
  }
}

/** The key that a first start makes; whoever starts second, of two at once, reads the first one's. */
function ownSecretKey(home: string): string {
  const file = path.join(home, 'secret-key')
  try {
    writeFileSync(file, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFileSync(file, 'utf8').trim()
}
