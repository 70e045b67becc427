import type { Test } from 'tap'
import { startPostgres } from './postgres.ts'
import { beginPostgres } from './templates.ts'

/** The settings of a station on that engine, `SQLite` or `PostgreSQL`, whose server ends with the test. */
export async function databaseSettings(t: Pick<Test, 'teardown'>, engine: string): Promise<Record<string, string>> {
  const settings = { SECRET_KEY: 'a secret of thirty-two characters' }
  if (engine === 'SQLite') return settings
  const postgres = await startPostgres()
  t.teardown(() => postgres.stop())
  return { ...settings, DATABASE_URL: await beginPostgres(postgres) }
}
