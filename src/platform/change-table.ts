import type { Changes } from '../core/changes.ts'
import type { Clock } from '../core/clock.ts'
import type { Db } from '../core/db.ts'
import { takeNumbers } from './counters.ts'

const pollMs = 250

type Listener = (key: string) => void

/**
 * `Changes` on a table. It is polled only while somebody listens; a poll that fails is made again, and `onTrouble` told of the first
 * of a row: whoever keeps something keeps it meanwhile, and hears of all that changed when the table can be read again.
 * Call `close` before the database closes.
 */
export function createChangeTable(
  db: Db,
  clock: Clock,
  onTrouble: (error: unknown) => void,
): Changes & { close(): Promise<void> } {
  const listeners = new Set<Listener>()
  const closing = new AbortController()
  let polling: Promise<void> | undefined

  async function poll(): Promise<void> {
    let version: number | undefined
    let isTroubled = false
    while (!closing.signal.aborted) {
      try {
        version ??= await latestVersion(db)
        const news = await since(db, version)
        version = news.version
        for (const key of news.keys) for (const listener of listeners) listener(key)
        isTroubled = false
      } catch (error) {
        if (!isTroubled) onTrouble(error)
        isTroubled = true
      }
      await clock.sleep(pollMs, closing.signal)
    }
  }

  return {
    async mark(inTransaction, key) {
      const version = await takeNumbers(inTransaction, 'change', 1)
      await inTransaction
        .insertInto('change')
        .values({ key, version })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ version }))
        .execute()
    },
    version: () => latestVersion(db),
    since: (version) => since(db, version),
    onChange(listener) {
      listeners.add(listener)
      polling ??= poll()
      return () => listeners.delete(listener)
    },
    async close() {
      closing.abort()
      await polling
    },
  }
}

async function since(db: Db, version: number): Promise<{ version: number; keys: string[] }> {
  const rows = await db.selectFrom('change').selectAll().where('version', '>', version).orderBy('version').execute()
  return { version: rows.at(-1)?.version ?? version, keys: rows.map((row) => row.key) }
}

async function latestVersion(db: Db): Promise<number> {
  const row = await db.selectFrom('counter').select('value').where('name', '=', 'change').executeTakeFirst()
  return row?.value ?? 0
}
