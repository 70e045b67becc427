import { ERRORS, type Lock, type Locker, type RequestRelease } from '@tus/utils'
import { sql } from 'kysely'
import type { Clock } from '../core/clock.ts'
import { newId } from '../core/ids.ts'
import type { Database } from './database.ts'

const leaseMs = 15_000
const lookMs = 500
const looksPerRenewal = 8
const retryMs = 100
const patienceMs = 30_000

/**
 * tus's locker on the database: one request at a time writes to an upload, over all web processes. Who wants a lock that is
 * held asks for its release, as tus demands; the lock of a dead process ends with its lease.
 */
export function createLeaseLocker(database: Database, clock: Clock): Locker {
  return { newLock: (id) => new LeaseLock(database, clock, `upload:${id}`) }
}

class LeaseLock implements Lock {
  readonly #database: Database
  readonly #clock: Clock
  readonly #name: string
  readonly #token = newId()
  readonly #released = new AbortController()
  #keeping: Promise<void> | undefined

  constructor(database: Database, clock: Clock, name: string) {
    this.#database = database
    this.#clock = clock
    this.#name = name
  }

  async lock(signal: AbortSignal, requestRelease: RequestRelease): Promise<void> {
    const giveUpAt = this.#clock.now() + patienceMs
    while (!(await this.#take())) {
      await this.#askForRelease()
      if (this.#clock.now() > giveUpAt) throw ERRORS.ERR_LOCK_TIMEOUT
      await this.#clock.sleep(retryMs, signal)
      if (signal.aborted) throw ERRORS.ABORTED
    }
    this.#keeping = this.#keep(requestRelease)
  }

  async unlock(): Promise<void> {
    this.#released.abort()
    await this.#keeping
    await this.#database.db
      .deleteFrom('lease')
      .where('name', '=', this.#name)
      .where('token', '=', this.#token)
      .execute()
  }

  /** Takes the lease when nobody has it, or when its holder let it run out. */
  async #take(): Promise<boolean> {
    const { db, now } = this.#database
    const taken = await db
      .insertInto('lease')
      .values({ name: this.#name, token: this.#token, leasedUntil: sql`${now} + ${sql.lit(leaseMs)}`, releaseAsked: 0 })
      .onConflict((conflict) =>
        conflict
          .column('name')
          .doUpdateSet({
            token: sql<string>`excluded.token`,
            leasedUntil: sql<number>`excluded.leased_until`,
            releaseAsked: 0,
          })
          .where('lease.leasedUntil', '<=', now),
      )
      .returning('token')
      .executeTakeFirst()
    return taken !== undefined
  }

  async #askForRelease(): Promise<void> {
    await this.#database.db.updateTable('lease').set({ releaseAsked: 1 }).where('name', '=', this.#name).execute()
  }

  /** Keeps the lease until `unlock`, and passes on that somebody asks for it. A lease that was lost is asked for too. */
  async #keep(requestRelease: RequestRelease): Promise<void> {
    let isPassedOn = false
    for (let looks = 1; !this.#released.signal.aborted; looks += 1) {
      await this.#clock.sleep(lookMs, this.#released.signal)
      if (this.#released.signal.aborted) return
      if (!isPassedOn && (await this.#isAskedFor())) {
        isPassedOn = true
        // Not awaited: the holder may answer with `unlock`, which waits for us.
        void requestRelease()
      }
      if (looks % looksPerRenewal === 0) await this.#renew()
    }
  }

  async #isAskedFor(): Promise<boolean> {
    const lease = await this.#database.db
      .selectFrom('lease')
      .select('releaseAsked')
      .where('name', '=', this.#name)
      .where('token', '=', this.#token)
      .executeTakeFirst()
      .catch(() => ({ releaseAsked: 0 }))
    return lease?.releaseAsked !== 0
  }

  async #renew(): Promise<void> {
    const { db, now } = this.#database
    await db
      .updateTable('lease')
      .set({ leasedUntil: sql<number>`${now} + ${sql.lit(leaseMs)}` })
      .where('name', '=', this.#name)
      .where('token', '=', this.#token)
      .execute()
      .catch(() => undefined)
  }
}
