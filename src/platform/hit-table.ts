import { type RawBuilder, sql } from 'kysely'
import type { Door, EventLog, Hit, HitSource, LoggedHit } from '../core/events.ts'
import type { Database } from './database.ts'

/** Nobody else writes to SQLite while rows are deleted: so many at a time. */
const deletedAtOnce = 2_000

/** As many as one statement looks for. */
const keysAtOnce = 500

/** Everything of a row, in the order that `toHit` reads it. */
const columns = sql.raw(
  `position, id, at, episode_id, rendition_id, listener_key, previous_key, country, feed_token_id, door, source, method, status,
  range, bytes_sent, user_agent, referrer`,
)

type Row = readonly [
  position: number,
  id: string,
  at: number,
  episodeId: string,
  renditionId: string,
  listenerKey: string,
  previousKey: string | null,
  country: string | null,
  feedTokenId: string | null,
  door: Door,
  source: HitSource,
  method: string,
  status: number,
  range: string | null,
  bytesSent: number,
  userAgent: string | null,
  referrer: string | null,
]

/** The side of `EventLog` that reads what is in the database, and forgets it. */
export function createHitTable({
  db,
  readLists,
}: Database): Pick<EventLog, 'read' | 'readListeners' | 'listListenerKeys' | 'forget'> {
  const readRows = async (select: RawBuilder<unknown>) => (await readLists(select.compile(db))) as unknown as Row[]

  async function readBy(column: 'listener_key' | 'previous_key', wanted: Wanted): Promise<LoggedHit[]> {
    const { episodeId, keys, from, upTo } = wanted
    const rows = await readRows(sql`
      select ${columns} from hit
      where episode_id = ${episodeId} and ${sql.ref(column)} in (${sql.join(keys)}) and at >= ${from} and position <= ${upTo}`)
    return rows.map((row) => ({ ...toHit(row), position: row[0] }))
  }

  return {
    async read(after, limit) {
      const rows = await readRows(
        sql`select ${columns} from hit where position > ${after} order by position limit ${limit}`,
      )
      return { hits: rows.map(toHit), position: rows.at(-1)?.[0] ?? after }
    },

    async readListeners(episodeId, keys, { from = Number.MIN_SAFE_INTEGER, upTo }) {
      const found = new Map<number, LoggedHit>()
      for (let start = 0; start < keys.length; start += keysAtOnce) {
        const wanted = { episodeId, keys: keys.slice(start, start + keysAtOnce), from, upTo }
        for (const hit of await readBy('listener_key', wanted)) found.set(hit.position, hit)
        for (const hit of await readBy('previous_key', wanted)) found.set(hit.position, hit)
      }
      return [...found.values()].sort((one, other) => one.at - other.at || one.position - other.position)
    },

    async listListenerKeys(episodeId, { after, limit }) {
      const rows = await db
        .selectFrom('hit')
        .select('listenerKey')
        .distinct()
        .where('episodeId', '=', episodeId)
        .where('listenerKey', '>', after)
        .orderBy('listenerKey')
        .limit(limit)
        .execute()
      return rows.map(({ listenerKey }) => listenerKey)
    },

    async forget(before, upTo) {
      const some = db
        .selectFrom('hit')
        .select('position')
        .where('at', '<', before)
        .where('position', '<=', upTo)
        .limit(deletedAtOnce)
      for (let deleted = 1n; deleted > 0n; ) {
        deleted = (await db.deleteFrom('hit').where('position', 'in', some).executeTakeFirst()).numDeletedRows
      }
    },
  }
}

type Wanted = Readonly<{ episodeId: string; keys: readonly string[]; from: number; upTo: number }>

/** Always of one shape, so that what counts them is fast. */
const toHit = (row: Row): Hit => ({
  id: row[1],
  at: row[2],
  episodeId: row[3],
  renditionId: row[4],
  listenerKey: row[5],
  previousKey: row[6] ?? undefined,
  country: row[7] ?? undefined,
  feedTokenId: row[8] ?? undefined,
  door: row[9],
  source: row[10],
  method: row[11],
  status: row[12],
  range: row[13] ?? undefined,
  bytesSent: row[14],
  userAgent: row[15] ?? undefined,
  referrer: row[16] ?? undefined,
})
