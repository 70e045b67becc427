import { closeSync, mkdirSync, openSync, renameSync, utimesSync, writeSync } from 'node:fs'
import { readdir, readFile, rename, stat, unlink, utimes } from 'node:fs/promises'
import path from 'node:path'
import type { FastifyBaseLogger } from 'fastify'
import type { Clock } from '../core/clock.ts'
import type { Door, EventLog, Hit, HitSource } from '../core/events.ts'
import { newId } from '../core/ids.ts'
import { takeNumbers } from './counters.ts'
import type { Database } from './database.ts'

const shipEveryMs = 1_000
const beatEveryMs = 5_000
const deadAfterMs = 30_000
const rowsInBatch = 100
const linesInMemory = 10_000

/**
 * `EventLog`: one line of JSON a hit, in a file that only this process appends to. Every second the shipper closes the file
 * (`….open` -> `….ready`), inserts its lines and deletes it. A file whose process no longer touches it is adopted by
 * renaming, which only one process can win; a hit shipped twice is one row, by its id.
 */
export function createHitJournal(database: Database, folder: string, clock: Clock, log: FastifyBaseLogger): EventLog {
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
      await ship().catch((error) => log.warn({ error }, 'hits stay in the journal: the database does not take them'))
      await clock.sleep(shipEveryMs, closing.signal)
    }
  }
  const shipping = shipForever()

  return {
    append: (hit) => journal.append(hit),
    read: (after, limit) => readHits(database, after, limit),
    async forget(before) {
      await database.db.deleteFrom('hit').where('at', '<', before).execute()
    },
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

  constructor(folder: string, log: FastifyBaseLogger) {
    this.#folder = folder
    this.#log = log
  }

  /** Never throws: what the disk does not take waits in memory, up to a bound. */
  append(hit: Hit): void {
    this.#waiting.push(`${JSON.stringify(hit)}\n`)
    try {
      this.#write()
    } catch (error) {
      if (this.#waiting.length > linesInMemory) this.#waiting.shift()
      this.#log.error({ error }, 'a hit could not be written to the journal: is the disk full?')
    }
  }

  /** Closes the file for the shipper. */
  rotate(): void {
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

  #write(): void {
    if (!this.#open) {
      const file = path.join(this.#folder, `${this.owner}-${newId()}.open`)
      this.#open = { descriptor: openSync(file, 'a', 0o600), file }
    }
    for (let line = this.#waiting[0]; line !== undefined; line = this.#waiting[0]) {
      writeSync(this.#open.descriptor, line)
      this.#waiting.shift()
    }
  }
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
    if (now - (await stat(file)).mtimeMs < deadAfterMs) return undefined
    await rename(file, path.join(folder, adopted))
    await utimes(path.join(folder, adopted), new Date(), new Date())
    return adopted
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

async function shipFile(database: Database, file: string): Promise<void> {
  const hits = (await readFile(file, 'utf8')).split('\n').flatMap(parseLine)
  for (let start = 0; start < hits.length; start += rowsInBatch) {
    await insertHits(database, hits.slice(start, start + rowsInBatch))
  }
  await unlink(file)
}

/** A line that a power cut tore is no hit. */
function parseLine(line: string): Hit[] {
  try {
    return [JSON.parse(line) as Hit]
  } catch {
    return []
  }
}

async function insertHits({ db }: Database, hits: readonly Hit[]): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const last = await takeNumbers(transaction, 'hit', hits.length)
    const rows = hits.map((hit, index) => ({
      position: last - hits.length + 1 + index,
      ...hit,
      previousKey: hit.previousKey ?? null,
      country: hit.country ?? null,
      feedTokenId: hit.feedTokenId ?? null,
      range: hit.range ?? null,
      userAgent: hit.userAgent ?? null,
      referrer: hit.referrer ?? null,
    }))
    await transaction
      .insertInto('hit')
      .values(rows)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute()
  })
}

async function readHits({ db }: Database, after: number, limit: number): Promise<{ hits: Hit[]; position: number }> {
  const rows = await db
    .selectFrom('hit')
    .selectAll()
    .where('position', '>', after)
    .orderBy('position')
    .limit(limit)
    .execute()
  const hits = rows.map(({ position, ...row }) => ({
    ...row,
    door: row.door as Door,
    source: row.source as HitSource,
    previousKey: row.previousKey ?? undefined,
    country: row.country ?? undefined,
    feedTokenId: row.feedTokenId ?? undefined,
    range: row.range ?? undefined,
    userAgent: row.userAgent ?? undefined,
    referrer: row.referrer ?? undefined,
  }))
  return { hits, position: rows.at(-1)?.position ?? after }
}
