import type { Db } from './db.ts'

/**
 * How processes tell each other's caches what changed: a table of keys with the number of their last change, polled.
 * Numbers are handed out in commit order, so a reader who asks `since` its last version misses nothing.
 */
export type Changes = {
  /** Call it at the end of the transaction that makes the change: from here on others who mark wait for its commit. */
  mark(db: Db, key: string): Promise<void>
  /** The number of the latest change. What is read after this holds at least all changes up to it. */
  version(): Promise<number>
  /** The keys marked after that version, and the version to ask with next time. */
  since(version: number): Promise<{ version: number; keys: string[] }>
  /** Calls the listener with each marked key, at most a poll's length (250 ms) after its commit. Returns the way to stop. */
  onChange(listener: (key: string) => void): () => void
}
