import { type MigrationProvider, Migrator } from 'kysely'
import type { Database } from './database.ts'
import { migrations } from './migrations/index.ts'
import { columnTypes } from './migrations/migration.ts'

/** Brings the schema up to date. Processes that start together wait for each other. Throws when a step fails. */
export async function migrate({ db, engine }: Database): Promise<void> {
  const types = columnTypes(engine)
  const provider: MigrationProvider = {
    getMigrations: async () =>
      Object.fromEntries(migrations.map(({ name, up }) => [name, { up: (any) => up(any, types) }])),
  }
  const { error } = await new Migrator({ db, provider }).migrateToLatest()
  if (error)
    throw new Error('The database cannot be reached, or its schema could not be brought up to date', { cause: error })
}
