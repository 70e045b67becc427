import type { Changes } from '../core/changes.ts'
import { showIdOf } from './change-keys.ts'

export type Loaded<T> = Readonly<{ showId: string; value: T }>

type Entry<T> = { loading: Promise<Loaded<T>>; showId?: string }

/**
 * What was made from a show's rows, kept in this process until some process changes that show or its feed. At most `limit`
 * entries; the oldest goes first. A load that fails is not kept.
 */
export function createShowCache<T>(
  changes: Changes,
  limit: number,
  load: (key: string) => Promise<Loaded<T>>,
): { get(key: string): Promise<T>; close(): void } {
  const entries = new Map<string, Entry<T>>()

  /** An entry that is still loading may have read the rows before the change: it goes too. */
  const close = changes.onChange((change) => {
    const changed = showIdOf(change)
    if (changed === undefined) return
    for (const [key, { showId }] of entries) if (showId === undefined || showId === changed) entries.delete(key)
  })

  function start(key: string): Promise<Loaded<T>> {
    const entry: Entry<T> = { loading: load(key) }
    entries.set(key, entry)
    const oldest = entries.size > limit ? entries.keys().next().value : undefined
    if (oldest !== undefined) entries.delete(oldest)
    entry.loading.then(
      ({ showId }) => {
        entry.showId = showId
      },
      () => entries.get(key) === entry && entries.delete(key),
    )
    return entry.loading
  }

  return {
    get: async (key) => (await (entries.get(key)?.loading ?? start(key))).value,
    close,
  }
}
