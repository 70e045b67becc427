import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import {
  CamelCasePlugin,
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  sql,
} from 'kysely'
import type { Schema } from '../core/db.ts'
import type { Database } from './database.ts'

const patienceMs = 5_000
const retryMs = 3

/** Pages of the write-ahead log (4 KiB) that are moved into the database at once: pages that many commits change move once. */
const movedPages = 4_000

/** Where another connection does that: should it be gone, the log still does not grow for ever. */
const mostPages = 100_000

/**
 * Opens (or makes) a SQLite file in WAL mode. One connection: queries of this process follow each other.
 * `synchronous = FULL`, so that what was answered with success survives a power cut too. Without `movesLog` the moving of the
 * log into the database is left to another connection: a commit that does it holds its thread for longer.
 */
export function openSqlite(file: string, { movesLog = true }: { movesLog?: boolean } = {}): Database {
  const connection = new Sqlite(file)
  connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = FULL')
  connection.pragma(`wal_autocheckpoint = ${movesLog ? movedPages : mostPages}`)
  // What a statement of many rows may have to take back: in a file, that takes as long as the statement.
  connection.pragma('temp_store = MEMORY')
  connection.pragma('busy_timeout = 0')
  connection.pragma('foreign_keys = ON')
  const dialect = new SqliteDialect({ database: connection })
  dialect.createDriver = () => new PatientDriver(connection)
  dialect.createAdapter = () => new TransactionalAdapter()
  const db = new Kysely<Schema>({ dialect, plugins: [new CamelCasePlugin()] })
  return {
    db,
    engine: 'sqlite',
    now: sql<number>`cast(unixepoch('subsec') * 1000 as integer)`,
    readLists: (query) => db.getExecutor().provideConnection((each) => (each as PatientConnection).readLists(query)),
    close: () => db.destroy(),
  }
}

/**
 * SQLite can roll back changes of the schema too. Told so, Kysely runs all migrations in one transaction: a start that is
 * killed leaves nothing half-made, and of two that begin together the second waits.
 */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/**
 * Kysely's driver with three differences. Transactions begin IMMEDIATE: a deferred one that reads first is refused at once when
 * another process wrote meanwhile. While another process writes we wait without blocking the thread, as SQLite itself would.
 * And a wait for the one connection ends in an error that names the likely cause, where it would otherwise never end.
 */
class PatientDriver implements Driver {
  readonly #database: Sqlite.Database
  readonly #driver: SqliteDriver

  constructor(database: Sqlite.Database) {
    this.#database = database
    this.#driver = new SqliteDriver({ database })
  }

  init = () => this.#driver.init()
  destroy = () => this.#driver.destroy()
  releaseConnection = () => this.#driver.releaseConnection()
  commitTransaction = (connection: DatabaseConnection) => this.#driver.commitTransaction(connection)
  rollbackTransaction = (connection: DatabaseConnection) => this.#driver.rollbackTransaction(connection)

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    let isTooLate = false
    const acquired = this.#driver.acquireConnection().then((connection) => {
      if (isTooLate) void this.#driver.releaseConnection()
      return new PatientConnection(connection, this.#database)
    })
    const timer = new AbortController()
    const timeout = sleep(patienceMs, undefined, { signal: timer.signal }).then(() => {
      isTooLate = true
      throw new Error(`No database connection within ${patienceMs} ms: is app.db used inside a transaction?`)
    })
    timeout.catch(() => {})
    return Promise.race([acquired, timeout]).finally(() => timer.abort())
  }
}

/** Tries a statement again while another process holds the write lock: one that was refused so has changed nothing. */
class PatientConnection implements DatabaseConnection {
  readonly #connection: DatabaseConnection
  readonly #database: Sqlite.Database

  constructor(connection: DatabaseConnection, database: Sqlite.Database) {
    this.#connection = connection
    this.#database = database
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    for (const giveUpAt = Date.now() + patienceMs; ; await sleep(retryMs)) {
      try {
        return await this.#connection.executeQuery<R>(query)
      } catch (error) {
        if (!isBusy(error) || Date.now() > giveUpAt) throw error
      }
    }
  }

  /** Beside a writer too, reading never waits in WAL mode. */
  readLists = async ({ sql, parameters }: CompiledQuery): Promise<unknown[][]> =>
    this.#database
      .prepare<unknown[], unknown[]>(sql)
      .raw()
      .all(...parameters)

  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    return this.#connection.streamQuery<R>(query, chunkSize)
  }
}

const isBusy = (error: unknown) => String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY')
