import type { App } from '../core/app.ts'
import { AppError } from '../core/errors.ts'
import { type ClaimedJob, LeaseLost } from '../core/jobs.ts'
import { isPassing } from './is-passing.ts'
import { keepTrying } from './keep-trying.ts'

/** Tries that may fail by the job's own fault, or end with the process, before it is given up. */
export const mostAttempts = 5

const firstRetryMs = 2_000
const shortestPauseMs = 4_000
const longestPauseMs = 5 * 60_000
const longestTroubleMs = 24 * 60 * 60_000

export type Failure = Readonly<{
  error: unknown
  stopping: AbortSignal
  /** Tells whom it concerns that the job will not be done. May run twice. */
  giveUp(): Promise<void>
}>

/**
 * Puts a job back that threw, or gives it up; returns whether it has ended for good. A stopped worker hands it on at once.
 * Trouble of the surroundings is waited out for a day and does not count as a try; the job's own fault is tried again later
 * and later.
 */
export async function settleFailure(app: App, job: ClaimedJob, failure: Failure): Promise<boolean> {
  const settle = await chooseSettlement(app, job, failure)
  const settled = await keepTrying(app, () => unlessHopeless(app, job, settle), {
    signal: failure.stopping,
    complaint: 'a failed job could not be put back yet',
  })
  return settled ?? false
}

/** Gives whether the job has ended. */
type Settlement = () => Promise<boolean>

async function chooseSettlement(app: App, job: ClaimedJob, { error, stopping, giveUp }: Failure): Promise<Settlement> {
  const { jobs, clock, log } = app
  if (error instanceof LeaseLost) return () => Promise.reject(error)
  if (stopping.aborted) return () => jobs.release(job).then(() => false)

  log.error({ error, job: job.name, payload: job.payload, attempt: job.attempt }, 'a job failed')
  const now = clock.now()
  const reason = error instanceof Error ? error.message : String(error)
  const since = job.troubledSince ?? now
  const isTrouble = await isPassing(app, error)
  if (isTrouble && now - since < longestTroubleMs) {
    const retryAt = Math.max(now + pauseMs(now - since), Math.min(welcomeAt(error), since + longestTroubleMs))
    return () => jobs.release(job, { reason, since, retryAt }).then(() => false)
  }
  if (!isTrouble && job.attempt < mostAttempts) {
    return () => jobs.fail(job, reason, { retryAt: now + firstRetryMs * 2 ** job.attempt }).then(() => false)
  }
  return async () => {
    await giveUp()
    await jobs.fail(job, reason)
    return true
  }
}

/** When whoever is asked wants to be asked again: waiting for it longer than the trouble is waited out is giving up. */
const welcomeAt = (error: unknown) => (error instanceof AppError ? (error.retryAt ?? 0) : 0)

/** As long again as the trouble has lasted, within limits. */
const pauseMs = (lastedMs: number) => Math.min(Math.max(lastedMs, shortestPauseMs), longestPauseMs)

/** Throws only what is worth another try; else the job is another worker's, or will be when its lease runs out. */
async function unlessHopeless(app: App, job: ClaimedJob, settle: Settlement): Promise<boolean> {
  try {
    return await settle()
  } catch (error) {
    if (error instanceof LeaseLost) app.log.warn({ job: job.name, id: job.id }, 'the lease of a job was lost')
    else if (await isPassing(app, error)) throw error
    else app.log.error({ error, job: job.name }, 'a failed job could not be put back: its lease will run out')
    return false
  }
}
