import type { App } from '../core/app.ts'
import type { JobName } from '../core/jobs.ts'

/** Jobs that come again by themselves, with their distance in seconds. */
const recurring: Partial<Record<JobName, number>> = {
  'roll-up': 15,
  'sweep-incoming': 15 * 60,
  'sweep-storage': 24 * 60 * 60,
  'sweep-pushes': 24 * 60 * 60,
  'sweep-jobs': 24 * 60 * 60,
}

/** Has each of them run now; of one that waits already there is still only one. */
export async function startRecurring({ jobs }: App): Promise<void> {
  for (const name of Object.keys(recurring) as JobName[]) await jobs.enqueue(name, {} as never, { key: name })
}

/** Has a job that ended come again when it is time, if it is one of them: by the clock of the machine, as jobs are due by it. */
export async function repeat({ jobs }: App, name: JobName): Promise<void> {
  const seconds = recurring[name]
  if (seconds) await jobs.enqueue(name, {} as never, { key: name, runAt: Date.now() + seconds * 1000 })
}
