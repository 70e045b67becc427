import type { App } from '../core/app.ts'
import { type ClaimedJob, LeaseLost } from '../core/jobs.ts'

/** A worker that died is noticed after this long at the latest. */
export const leaseSeconds = 15

const renewMs = 4_000

/** Renews the job's lease until it is stopped; `lost` aborts when another worker has it, or the job is gone. */
export function keepLease(app: App, job: ClaimedJob): { lost: AbortSignal; stop(): Promise<void> } {
  const lost = new AbortController()
  const stopped = new AbortController()
  async function renew(): Promise<void> {
    while (!stopped.signal.aborted) {
      await app.clock.sleep(renewMs, stopped.signal)
      if (stopped.signal.aborted) return
      await app.jobs.renew(job, { leaseSeconds }).catch((error) => {
        if (error instanceof LeaseLost) lost.abort(error)
        else app.log.warn({ error, job: job.name }, 'a lease could not be renewed')
      })
    }
  }
  const renewing = renew()
  return {
    lost: lost.signal,
    async stop() {
      stopped.abort()
      await renewing
    },
  }
}
