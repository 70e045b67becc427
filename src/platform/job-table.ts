import { sql } from 'kysely'
import type { Db, Schema } from '../core/db.ts'
import { newId } from '../core/ids.ts'
import { type ClaimedJob, type JobName, type JobQueue, LeaseLost, laneOf } from '../core/jobs.ts'
import type { Database } from './database.ts'

/** `JobQueue` on one table of either database; `for update skip locked` is all that differs. */
export function createJobTable({ db: ownDb, engine, now }: Database): JobQueue {
  const leaseEnd = (leaseSeconds: number) => sql<number>`${now} + ${sql.lit(leaseSeconds * 1000)}`
  const skipLocked = engine === 'postgres' ? sql`for update skip locked` : sql``

  return {
    async enqueue(name, payload, { db = ownDb, key, runAt } = {}) {
      await db
        .insertInto('job')
        .values({
          id: newId(),
          name,
          lane: laneOf(name),
          key: key ?? null,
          payload: JSON.stringify(payload),
          runAt: runAt ?? now,
          attempt: 0,
          troubledSince: null,
          leaseToken: null,
          leasedUntil: null,
          failedAt: null,
          reason: null,
        })
        .onConflict((conflict) =>
          conflict.columns(['name', 'key']).doUpdateSet({
            payload: sql<string>`excluded.payload`,
            runAt: sql<number>`case when excluded.run_at < job.run_at then excluded.run_at else job.run_at end`,
          }),
        )
        .execute()
    },

    async claim(lane, names, { leaseSeconds }) {
      if (names.length === 0) return undefined
      const { rows } = await sql<ClaimedRow>`
        update job
        set lease_token = ${newId()}, leased_until = ${leaseEnd(leaseSeconds)}, attempt = attempt + 1, key = null
        where id = (
          select id from job
          where lane = ${lane} and name in (${sql.join(names)}) and failed_at is null
            and run_at <= ${now} and (leased_until is null or leased_until <= ${now})
          order by run_at, id
          limit 1 ${skipLocked}
        )
        returning id, name, payload, attempt, troubled_since, lease_token`.execute(ownDb)
      const row = rows[0]
      return row && { ...row, payload: JSON.parse(row.payload), troubledSince: row.troubledSince ?? undefined }
    },

    async renew(job, { leaseSeconds }) {
      const result = await held(ownDb, job)
        .set({ leasedUntil: leaseEnd(leaseSeconds) })
        .executeTakeFirst()
      demandLease(job, result.numUpdatedRows)
    },

    async complete(job, { db = ownDb } = {}) {
      const result = await db
        .deleteFrom('job')
        .where('id', '=', job.id)
        .where('leaseToken', '=', job.leaseToken)
        .executeTakeFirst()
      demandLease(job, result.numDeletedRows)
    },

    async fail(job, reason, { retryAt } = {}) {
      const end = retryAt === undefined ? { failedAt: now } : { runAt: retryAt }
      const result = await held(ownDb, job)
        .set({ leaseToken: null, leasedUntil: null, reason, ...end })
        .executeTakeFirst()
      demandLease(job, result.numUpdatedRows)
    },

    async release(job, trouble) {
      const pause = trouble && { reason: trouble.reason, runAt: trouble.retryAt, troubledSince: trouble.since }
      const result = await held(ownDb, job)
        .set({ leaseToken: null, leasedUntil: null, attempt: sql<number>`attempt - 1`, ...pause })
        .executeTakeFirst()
      demandLease(job, result.numUpdatedRows)
    },

    async forgetFailed(before) {
      await ownDb.deleteFrom('job').where('failedAt', '<', before).execute()
    },
  }
}

type ClaimedRow = Pick<Schema['job'], 'id' | 'payload' | 'attempt' | 'troubledSince'> & {
  name: JobName
  leaseToken: string
}

const held = (db: Db, job: ClaimedJob) =>
  db.updateTable('job').where('id', '=', job.id).where('leaseToken', '=', job.leaseToken)

function demandLease(job: ClaimedJob, changedRows: bigint): void {
  if (changedRows === 0n) throw new LeaseLost(`The lease of job ${job.name} ${job.id} is lost`)
}
