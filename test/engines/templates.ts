import { existsSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import path from 'node:path'
import type { Database } from '../../src/platform/database.ts'
import { migrate } from '../../src/platform/migrate.ts'
import { openPostgres } from '../../src/platform/postgres.ts'
import { openSqlite } from '../../src/platform/sqlite.ts'
import type { PostgresEngine } from './postgres.ts'

/**
 * Makes a database on either engine that has the schema and no rows. With the environment that is returned, stations of tests begin
 * with a copy, which takes a fraction of migrating; without it they migrate.
 */
export async function makeTemplates(folder: string, postgres: PostgresEngine): Promise<Record<string, string>> {
  const file = path.join(folder, 'template.sqlite')
  const url = await postgres.createDatabase()
  for (const database of [openSqlite(file), openPostgres(url, () => {})]) await migrateAndClose(database)
  return { TEST_SQLITE_TEMPLATE: file, TEST_POSTGRES_TEMPLATE: new URL(url).pathname.slice(1) }
}

async function migrateAndClose(database: Database): Promise<void> {
  await migrate(database)
  await database.close()
}

/** Puts a copy of the template, if there is one, where a SQLite file is about to be made. */
export async function beginSqlite(file: string): Promise<void> {
  const template = process.env.TEST_SQLITE_TEMPLATE
  if (template && !existsSync(file)) await copyFile(template, file)
}

/** A database for a station, whose URL is returned: a copy of the template, if there is one. */
export const beginPostgres = (postgres: PostgresEngine): Promise<string> =>
  postgres.createDatabase(process.env.TEST_POSTGRES_TEMPLATE)
