import { sql } from 'kysely'
import type { Db } from '../../core/db.ts'
import { type Listening, listeningKey } from '../count-downloads.ts'
import type { ListeningWindow } from '../window.ts'
import { readWindows, writeWindows } from './kept-windows.ts'
import { createByKeys, createUpsert } from './many-rows.ts'

const dayMs = 24 * 60 * 60 * 1000

/** As many rows go at a time as a batch of hits can add: else they would pile up. */
const droppedAtOnce = 40_000

const find = createByKeys((db, keys) =>
  db.selectFrom('listening').select(['key', 'windows']).where('key', 'in', keys).compile(),
)

const drop = createByKeys((db, keys) => db.deleteFrom('listening').where('key', 'in', keys).compile())

const put = createUpsert('listening', ['key', 'windows', 'lastDay'], (insertion) =>
  insertion.onConflict((conflict) =>
    conflict
      .column('key')
      .doUpdateSet({ windows: sql<string>`excluded.windows`, lastDay: sql<number>`excluded.last_day` }),
  ),
)

/** The kept windows by those keys (`listeningKey`), of those that are there. */
export async function findListenings(
  db: Db,
  keys: readonly string[],
): Promise<Map<string, readonly ListeningWindow[]>> {
  const rows = await find(db, keys)
  return new Map(rows.map(({ key, windows }) => [key, readWindows(windows)]))
}

/** Keeps what may still change: windows whose newest hit is not older than `settledBefore` (epoch ms), and nothing else. */
export async function storeListenings(
  db: Db,
  listenings: Iterable<Pick<Listening, 'episodeId' | 'listener' | 'windows'>>,
  settledBefore: number,
): Promise<void> {
  const rows = []
  const empty = []
  for (const { episodeId, listener, windows } of listenings) {
    const kept = windows.filter(({ lastAt }) => lastAt >= settledBefore)
    const key = listeningKey(episodeId, listener)
    const last = kept.at(-1)
    if (last) rows.push({ key, windows: writeWindows(kept), lastDay: Math.floor(last.lastAt / dayMs) })
    else empty.push(key)
  }
  await put(db, rows)
  await drop(db, empty)
}

/** Drops some of those whose newest hit is older than `settledBefore`, the beginning of a day in UTC. */
export async function dropSettled(db: Db, settledBefore: number): Promise<void> {
  const settled = db
    .selectFrom('listening')
    .select('key')
    .where('lastDay', '<', Math.floor(settledBefore / dayMs))
    .limit(droppedAtOnce)
  await db.deleteFrom('listening').where('key', 'in', settled).execute()
}

/** Drops all that was asked of an episode: of keys that begin with its id and a space, which `!` follows. */
export async function dropListeningsOf(db: Db, episodeId: string): Promise<void> {
  const [first, afterLast] = [listeningKey(episodeId, ''), `${episodeId}!`]
  await db.deleteFrom('listening').where('key', '>=', first).where('key', '<', afterLast).execute()
}
