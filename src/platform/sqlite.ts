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
import { remember } from '../core/remember.ts'
import type { Database } from './database.ts'
import { createLogSync, type LogSync } from './sqlite-log.ts'

const patienceMs = 5_000
/** A statement that is as long as hundreds of rows takes longer to read than to carry out: the last ones are kept, ready to run. */
const longText = 5_000
const longStatements = 8
const retryMs = 3

/** Pages of the write-ahead log (4 KiB) that are moved into the database at once: pages that many commits change move once. */
const movedPages = 4_000

/** Where another connection does that: should it be gone, the log still does not grow for ever. */
const mostPages = 100_000

/**
 * Opens (or makes) a SQLite file in WAL mode. One connection: queries of this process follow each other. What is written is on the
 * disk before its promise is fulfilled, so that what was answered with success survives a power cut too; the thread is not held
 * meanwhile. Without `movesLog` the moving of the log into the database is left to another connection: a commit that does it
 * holds its thread for longer.
 */
export function openSqlite(file: string, { movesLog = true }: { movesLog?: boolean } = {}): Database {
  const connection = new Sqlite(file)
  connection.pragma('journal_mode = WAL')
  // The log is synchronised by `createLogSync`, before it is moved by SQLite.
  connection.pragma('synchronous = NORMAL')
  connection.pragma(`wal_autocheckpoint = ${movesLog ? movedPages : mostPages}`)
  // What a statement of many rows may have to take back: in a file, that takes as long as the statement.
  connection.pragma('temp_store = MEMORY')
  connection.pragma('busy_timeout = 0')
  connection.pragma('foreign_keys = ON')
  const changes = connection.prepare<[], number>('select total_changes()').pluck()
  const log = createLogSync(file, () => changes.get() ?? 0)
  const dialect = new SqliteDialect({ database: connection })
  dialect.createDriver = () => new PatientDriver(connection, log)
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

type Kept = (text: string) => Sqlite.Statement<unknown[]>

/**
 * Kysely's driver with four differences. Transactions begin IMMEDIATE: a deferred one that reads first is refused at once when
 * another process wrote meanwhile. While another process writes, and while the disk takes what was written, we wait without
 * blocking the thread, as SQLite itself would. And a wait for the one connection ends in an error that names the likely cause,
 * where it would otherwise never end.
 */
class PatientDriver implements Driver {
  readonly #database: Sqlite.Database
  readonly #driver: SqliteDriver
  readonly #log: LogSync
  readonly #kept: Kept

  constructor(database: Sqlite.Database, log: LogSync) {
    this.#database = database
    this.#log = log
    this.#kept = remember(longStatements, (text) => database.prepare(text))
    this.#driver = new SqliteDriver({ database })
  }

  init = () => this.#driver.init()
  releaseConnection = () => this.#driver.releaseConnection()

  async destroy(): Promise<void> {
    await this.#log.close()
    await this.#driver.destroy()
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#driver.commitTransaction(connection)
    await this.#log.sync()
  }

  /** What is committed, and did not reach the disk, cannot be taken back: that it did not is the error to tell. */
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await this.#driver.rollbackTransaction(connection)
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    let isTooLate = false
    const acquired = this.#driver.acquireConnection().then((connection) => {
      if (isTooLate) void this.#driver.releaseConnection()
      return new PatientConnection(connection, this.#database, this.#log, this.#kept)
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

/**
 * Tries a statement again while another process holds the write lock: one that was refused so has changed nothing. What is written
 * outside a transaction is on the disk when it is fulfilled.
 */
class PatientConnection implements DatabaseConnection {
  readonly #connection: DatabaseConnection
  readonly #database: Sqlite.Database
  readonly #log: LogSync
  readonly #kept: Kept

  constructor(connection: DatabaseConnection, database: Sqlite.Database, log: LogSync, kept: Kept) {
    this.#connection = connection
    this.#database = database
    this.#log = log
    this.#kept = kept
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const result = await this.#untilFree<R>(query)
    if (!this.#database.inTransaction && query.query.kind !== 'SelectQueryNode') await this.#log.sync()
    return result
  }

  async #untilFree<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    for (const giveUpAt = Date.now() + patienceMs; ; await sleep(retryMs)) {
      try {
        return query.sql.length > longText ? this.#runKept<R>(query) : await this.#connection.executeQuery<R>(query)
      } catch (error) {
        if (!isBusy(error) || Date.now() > giveUpAt) throw error
      }
    }
  }

  /** As Kysely's own connection runs what it prepares anew each time. */
  #runKept<R>({ sql, parameters }: CompiledQuery): QueryResult<R> {
    const statement = this.#kept(sql)
    if (statement.reader) return { rows: statement.all(parameters) as R[] }
    const { changes, lastInsertRowid } = statement.run(parameters)
    return { numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid), rows: [] }
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
