import { closeSync, mkdirSync, openSync, renameSync, utimesSync, writeSync } from 'node:fs'
import { readdir, readFile, rename, stat, unlink, utimes } from 'node:fs/promises'
import path from 'node:path'
import type { FastifyBaseLogger } from 'fastify'
import { CompiledQuery, type Insertable } from 'kysely'
import type { Clock } from '../core/clock.ts'
import type { Db, Schema } from '../core/db.ts'
import type { EventLog, Hit } from '../core/events.ts'
import { newId } from '../core/ids.ts'
import { takeNumbers } from './counters.ts'
import type { Database } from './database.ts'
import { unlessMissing } from './disk.ts'
import { createHitTable } from './hit-table.ts'

const shipEveryMs = 1_000
const beatEveryMs = 5_000
const deadAfterMs = 30_000
/** In one statement and one commit: for some ten milliseconds nobody else writes to SQLite. */
const rowsInBatch = 500
const linesInMemory = 10_000

type Options = Readonly<{
  clock: Clock
  log: FastifyBaseLogger
  /** False for a thread that must not wait for the database: it closes its files for another one of the same home to ship. */
  ships: boolean
}>

/**
 * `EventLog`: one line of JSON a hit, in a file that only this process appends to. Every second the file is closed
 * (`….open` -> `….ready`), and a shipper inserts its lines and deletes it. Another's file is adopted by renaming, which only one
 * process can win: one that is ready, or that its process no longer touches. A hit shipped twice is one row, by its id.
 */
export function createHitJournal(database: Database, folder: string, { clock, log, ships }: Options): EventLog {
  mkdirSync(folder, { recursive: true })
  const journal = new Journal(folder, log)
  const closing = new AbortController()
  const beat = setInterval(() => journal.touch(), beatEveryMs).unref()

  async function ship(): Promise<void> {
    journal.rotate()
    for (const name of await shippable(folder, journal.owner, clock.now())) {
      await shipFile(database, path.join(folder, name))
    }
  }

  async function shipForever(): Promise<void> {
    while (!closing.signal.aborted) {
      if (!ships) journal.rotate()
      else
        await ship().catch((error) => log.warn({ error }, 'hits stay in the journal: the database does not take them'))
      await clock.sleep(shipEveryMs, closing.signal)
    }
  }
  const shipping = shipForever()

  return {
    append: (hit) => journal.append(hit),
    appendAll: (hits) => insertAll(database, hits),
    ...createHitTable(database),
    async close() {
      closing.abort()
      clearInterval(beat)
      await shipping
      await ship().catch((error) => log.warn({ error }, 'hits stay in the journal until the next start'))
    },
  }
}

/** The file that this process appends to. Opened by the first hit, so that an idle station writes nothing. */
class Journal {
  readonly owner = newId()
  readonly #folder: string
  readonly #log: FastifyBaseLogger
  #open: { descriptor: number; file: string } | undefined
  #waiting: string[] = []
  #writing: Promise<void> | undefined
  /** Part of a line may stand at the end of the file. */
  #isTorn = false

  constructor(folder: string, log: FastifyBaseLogger) {
    this.#folder = folder
    this.#log = log
  }

  append(hit: Hit): Promise<void> {
    this.#waiting.push(`${JSON.stringify(hit)}\n`)
    this.#writing ??= new Promise((resolve) => {
      setImmediate(() => {
        this.#writing = undefined
        this.#write()
        resolve()
      })
    })
    return this.#writing
  }

  /** Closes the file for the shipper. */
  rotate(): void {
    this.#write()
    if (!this.#open) return
    const { descriptor, file } = this.#open
    this.#open = undefined
    closeSync(descriptor)
    renameSync(file, file.replace(/open$/, 'ready'))
  }

  /** Shows the other processes that this one lives. */
  touch(): void {
    try {
      if (this.#open) utimesSync(this.#open.file, new Date(), new Date())
    } catch (error) {
      this.#log.warn({ error }, 'the journal is not where it was')
    }
  }

  /** Never throws: what the disk does not take waits in memory, up to a bound. */
  #write(): void {
    if (this.#waiting.length === 0) return
    try {
      const text = (this.#isTorn ? '\n' : '') + this.#waiting.join('')
      this.#isTorn = true
      writeAll(this.#descriptor(), Buffer.from(text))
      this.#isTorn = false
      this.#waiting = []
    } catch (error) {
      this.#waiting.splice(0, this.#waiting.length - linesInMemory)
      this.#log.error({ error }, 'hits could not be written to the journal: is the disk full?')
    }
  }

  #descriptor(): number {
    if (!this.#open) {
      const file = path.join(this.#folder, `${this.owner}-${newId()}.open`)
      this.#open = { descriptor: openSync(file, 'a', 0o600), file }
      this.#isTorn = false
    }
    return this.#open.descriptor
  }
}

function writeAll(descriptor: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written)
}

/** Our own closed files, and those of the dead, which become ours by renaming. */
async function shippable(folder: string, owner: string, now: number): Promise<string[]> {
  const names: string[] = []
  for (const name of (await readdir(folder)).sort()) {
    if (name.startsWith(owner)) {
      if (name.endsWith('.ready')) names.push(name)
    } else {
      const adopted = await adopt(folder, name, owner, now)
      if (adopted) names.push(adopted)
    }
  }
  return names
}

async function adopt(folder: string, name: string, owner: string, now: number): Promise<string | undefined> {
  const file = path.join(folder, name)
  const adopted = `${owner}-${newId()}.ready`
  try {
    const isWaiting = name.endsWith('.ready')
    if (!isWaiting && now - (await stat(file)).mtimeMs < deadAfterMs) return undefined
    await rename(file, path.join(folder, adopted))
    await utimes(path.join(folder, adopted), new Date(), new Date())
    return adopted
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

async function shipFile(database: Database, file: string): Promise<void> {
  const text = await unlessMissing(readFile(file, 'utf8'))
  if (text === undefined) return
  await insertAll(database, text.split('\n').flatMap(parseLine))
  await unlessMissing(unlink(file))
}

/** A line that a power cut tore is no hit. */
function parseLine(line: string): Hit[] {
  try {
    return [JSON.parse(line) as Hit]
  } catch {
    return []
  }
}

const columnsOfHit = [
  ...(['id', 'at', 'episodeId', 'renditionId', 'listenerKey', 'previousKey', 'country', 'feedTokenId'] as const),
  ...(['door', 'source', 'method', 'status', 'range', 'bytesSent', 'userAgent', 'referrer'] as const),
]

/** Returns how many of them were not there yet. */
async function insertAll(database: Database, hits: readonly Hit[]): Promise<number> {
  let inserted = 0
  for (let start = 0; start < hits.length; start += rowsInBatch) {
    inserted += await insertHits(database, hits.slice(start, start + rowsInBatch))
  }
  return inserted
}

function insertHits({ db }: Database, hits: readonly Hit[]): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    const last = await takeNumbers(transaction, 'hit', hits.length)
    const first = last - hits.length + 1
    const values = hits.flatMap((hit, index) => [first + index, ...columnsOfHit.map((column) => hit[column] ?? null)])
    const { numAffectedRows } = await transaction.executeQuery(CompiledQuery.raw(insertion(db, hits.length), values))
    return Number(numAffectedRows)
  })
}

const insertions = new WeakMap<Db, Map<number, string>>()

/** The statement for so many rows, written once: writing it takes longer than the database's work. */
function insertion(db: Db, rows: number): string {
  const known = insertions.get(db) ?? new Map<number, string>()
  insertions.set(db, known)
  const text = known.get(rows) ?? writeInsertion(db, rows)
  known.set(rows, text)
  return text
}

function writeInsertion(db: Db, rows: number): string {
  const row = Object.fromEntries(['position', ...columnsOfHit].map((column) => [column, '']))
  const values = Array.from({ length: rows }, () => row) as unknown as Insertable<Schema['hit']>[]
  const query = db.insertInto('hit').values(values)
  return query.onConflict((conflict) => conflict.column('id').doNothing()).compile().sql
}
