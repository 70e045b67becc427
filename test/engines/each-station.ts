import t, { type Test } from 'tap'
import { databaseSettings } from './database-settings.ts'

/** Runs a suite on each database; `environment` is what a station in it is opened with. */
export async function eachStation(
  name: string,
  suite: (t: Test, environment: Record<string, string>) => Promise<void>,
): Promise<void> {
  for (const engine of ['SQLite', 'PostgreSQL']) {
    await t.test(`${name}, on ${engine}`, async (t) => suite(t, await databaseSettings(t, engine)))
  }
}
