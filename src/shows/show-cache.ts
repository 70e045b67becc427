import type { Changes } from '../core/changes.ts'
import { showIdOf } from './change-keys.ts'

export type Loaded<T> = Readonly<{ showId: string; value: T }>

type Entry<T> = { loading: Promise<Loaded<T>>; showId?: string; value?: T; weight: number }

export type ShowCache<T> = Readonly<{
  get(key: string): Promise<T>
  /** The same without waiting for what is there already. */
  getNow(key: string): T | Promise<T>
  close(): void
}>

/**
 * What was made from a show's rows, kept in this process until some process changes that show or its feed. Together they weigh at
 * most `limit`, each 1 unless `weigh` says more; what nobody has asked for longest goes first. A load that fails is not kept.
 */
export function createShowCache<T>(
  changes: Changes,
  limit: number,
  load: (key: string) => Promise<Loaded<T>>,
  weigh: (value: T) => number = () => 1,
): ShowCache<T> {
  const entries = new Map<string, Entry<T>>()
  let newest: string | undefined
  let weight = 0

  /** An entry that is still loading may have read the rows before the change: it goes too. */
  const close = changes.onChange((change) => {
    const changed = showIdOf(change)
    if (changed === undefined) return
    for (const [key, { showId }] of entries) if (showId === undefined || showId === changed) drop(key)
  })

  function drop(key: string): void {
    weight -= entries.get(key)?.weight ?? 0
    entries.delete(key)
  }

  function start(key: string): Entry<T> {
    const entry: Entry<T> = { loading: load(key), weight: 1 }
    entries.set(key, entry)
    weight += entry.weight
    makeRoom()
    entry.loading.then(
      ({ showId, value }) => {
        entry.showId = showId
        entry.value = value
        if (entries.get(key) !== entry) return
        weight -= entry.weight
        entry.weight = weigh(value)
        weight += entry.weight
        makeRoom()
      },
      () => entries.get(key) === entry && drop(key),
    )
    return entry
  }

  function makeRoom(): void {
    for (const key of entries.keys()) {
      if (weight <= limit) return
      drop(key)
    }
  }

  /** The map's order is that of the last use. */
  function use(key: string): Entry<T> {
    const entry = entries.get(key)
    if (entry && key === newest) return entry
    newest = key
    if (!entry) return start(key)
    entries.delete(key)
    entries.set(key, entry)
    return entry
  }

  return {
    get: async (key) => (await use(key).loading).value,
    getNow(key) {
      const { value, loading } = use(key)
      return value ?? loading.then((loaded) => loaded.value)
    },
    close,
  }
}
