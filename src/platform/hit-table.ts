import { sql } from 'kysely'
import type { Door, EventLog, Hit, HitSource, LoggedHit } from '../core/events.ts'
import type { Database } from './database.ts'

/** Nobody else writes to SQLite while rows are deleted: so many at a time. */
const deletedAtOnce = 2_000

/** As many as one statement looks for. */
const keysAtOnce = 500

/** A row under the names that `Hit` has. */
type Row = { readonly [name in keyof Required<LoggedHit>]: LoggedHit[name] | null }

/** Everything of a row, named as `Hit` names it: millions are read, and Kysely's plugin would make each of them anew. */
const columns = sql.raw(
  `position, id, at, episode_id as "episodeId", rendition_id as "renditionId", listener_key as "listenerKey",
  previous_key as "previousKey", country, feed_token_id as "feedTokenId", door, source, method, status, range,
  bytes_sent as "bytesSent", user_agent as "userAgent", referrer`,
)

/** The side of `EventLog` that reads what is in the database, and forgets it. */
export function createHitTable({
  db,
}: Database): Pick<EventLog, 'read' | 'readListeners' | 'listListenerKeys' | 'forget'> {
  const plain = db.withoutPlugins()

  async function readBy(column: 'listener_key' | 'previous_key', wanted: Wanted): Promise<LoggedHit[]> {
    const { episodeId, keys, from, upTo } = wanted
    const { rows } = await sql<Row>`
      select ${columns} from hit
      where episode_id = ${episodeId} and ${sql.ref(column)} in (${sql.join(keys)}) and at >= ${from} and position <= ${upTo}
    `.execute(plain)
    return rows.map((row) => ({ ...toHit(row), position: row.position as number }))
  }

  return {
    async read(after, limit) {
      const { rows } = await sql<Row>`
        select ${columns} from hit where position > ${after} order by position limit ${limit}`.execute(plain)
      return { hits: rows.map(toHit), position: rows.at(-1)?.position ?? after }
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
  id: row.id as string,
  at: row.at as number,
  episodeId: row.episodeId as string,
  renditionId: row.renditionId as string,
  listenerKey: row.listenerKey as string,
  previousKey: row.previousKey ?? undefined,
  country: row.country ?? undefined,
  feedTokenId: row.feedTokenId ?? undefined,
  door: row.door as Door,
  source: row.source as HitSource,
  method: row.method as string,
  status: row.status as number,
  range: row.range ?? undefined,
  bytesSent: row.bytesSent as number,
  userAgent: row.userAgent ?? undefined,
  referrer: row.referrer ?? undefined,
})
