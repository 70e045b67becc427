import { setTimeout as sleep } from 'node:timers/promises'
import { type MigrationProvider, Migrator } from 'kysely'
import { AppError } from '../core/errors.ts'
import type { Database } from './database.ts'
import { migrations } from './migrations/index.ts'
import { columnTypes } from './migrations/migration.ts'

const retryMs = 1_000

type Options = Readonly<{
  /** How long to wait for a database that is away: one that starts beside us, or anew. */
  patienceMs?: number
  /** Told when the waiting begins. */
  onAway?(error: unknown): void
}>

/** Brings the schema up to date. Processes that start together wait for each other. Throws when a step fails. */
export async function migrate(database: Database, { patienceMs = 0, onAway }: Options = {}): Promise<void> {
  let isTold = false
  for (const giveUpAt = Date.now() + patienceMs; ; await sleep(retryMs)) {
    const error = await tryToMigrate(database)
    if (!error) return
    if (!isAway(error) || Date.now() >= giveUpAt) throw failed(error)
    if (!isTold) onAway?.(error)
    isTold = true
  }
}

/** The error that stopped it; undefined when all is done. */
async function tryToMigrate({ db, engine }: Database): Promise<unknown> {
  const types = columnTypes(engine)
  const provider: MigrationProvider = {
    getMigrations: async () =>
      Object.fromEntries(migrations.map(({ name, up }) => [name, { up: (any) => up(any, types) }])),
  }
  const { error } = await new Migrator({ db, provider }).migrateToLatest()
  return error
}

const isAway = (error: unknown) => error instanceof AppError && error.code === 'unavailable'

const failed = (cause: unknown) =>
  new Error('The database cannot be reached, or its schema could not be brought up to date', { cause })
