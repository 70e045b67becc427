import type { Socket } from 'node:net'
import { CamelCasePlugin, Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import type { Schema } from '../core/db.ts'
import { unavailable } from '../core/errors.ts'
import type { Database } from './database.ts'

const int8 = 20
const numeric = 1700
const longestSilenceMs = 30_000

/**
 * Opens a pool to PostgreSQL. Whole numbers and counts come back as numbers, as they do from SQLite. While the server is away,
 * whoever asks gets `unavailable`.
 */
export function openPostgres(url: string, onError: (error: Error) => void): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 5_000,
    types: {
      getTypeParser: (id, format) => (id === int8 || id === numeric ? Number : pg.types.getTypeParser(id, format)),
    },
  })
  pool.on('error', onError)
  pool.on('connect', (client) => guardConnection(client, onError))
  const clients = withWords(pool)
  const db = new Kysely<Schema>({
    dialect: new PostgresDialect({ pool: clients }),
    plugins: [new CamelCasePlugin()],
  })
  return {
    db,
    engine: 'postgres',
    now: sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`,
    async readLists({ sql, parameters }) {
      const client = await clients.connect()
      try {
        return (await client.query({ text: sql, values: [...parameters], rowMode: 'array' })).rows
      } finally {
        client.release()
      }
    },
    close: () => db.destroy(),
  }
}

/** Many errors of a server that is away have no code: who waits may succeed all the same. */
const withWords = (pool: pg.Pool): Pick<pg.Pool, 'end'> & { connect(): Promise<pg.PoolClient> } => ({
  connect: () => pool.connect().catch((error) => Promise.reject(isAway(error) ? databaseAway(error) : error)),
  end: () => pool.end(),
})

const databaseAway = (cause: unknown) =>
  unavailable('The database of this station does not answer. Try again soon.', cause)

/** Everything but a refusal by the server itself; those of the classes 08, 53 and 57P pass too (starting up, too many clients). */
const isAway = (error: unknown) => !(error instanceof pg.DatabaseError) || /^(08|53|57P)/.test(error.code ?? '')

/**
 * A client in use has no listener of the pool's: without one, a dropped connection would end the process. And a server that
 * vanished without a word must not hold a query, and the client, for ever: silence while something is asked ends the connection.
 */
function guardConnection(client: pg.PoolClient, onError: (error: Error) => void): void {
  client.on('error', onError)
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
  stream.setTimeout(longestSilenceMs, () => stream.destroy(new Error('The database has fallen silent')))
}
