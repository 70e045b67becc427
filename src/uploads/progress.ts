import type { App } from '../core/app.ts'
import { endedStates, type UploadState } from '../shows/upload-state.ts'

const writeEveryMs = 500

/** How much of an upload's work each state stands for: where it begins, and how far it reaches. */
const shares: Partial<Record<UploadState, readonly [number, number]>> = {
  probing: [0, 0.02],
  measuring: [0.02, 0.1],
  encoding: [0.1, 0.95],
  storing: [0.95, 1],
}

/**
 * Writes an upload's state and progress twice a second, and learns on the way that it was cancelled: then `signal` aborts.
 * It aborts with `outer` too. Call `stop` when the work has ended.
 */
export function trackProgress(app: App, uploadId: string, outer: AbortSignal) {
  const cancelled = new AbortController()
  const stopped = new AbortController()
  let state: UploadState = 'probing'
  let progress = 0

  async function write(): Promise<void> {
    const row = await app.db
      .updateTable('upload')
      .set({ state, progress, updatedAt: app.clock.now() })
      .where('id', '=', uploadId)
      .where('state', 'not in', endedStates)
      .returning('id')
      .executeTakeFirst()
    if (!row) cancelled.abort()
  }

  async function writeOften(): Promise<void> {
    while (!stopped.signal.aborted && !cancelled.signal.aborted) {
      await write().catch((error) =>
        app.log.warn({ error, uploadId }, 'the progress of an upload could not be written'),
      )
      await app.clock.sleep(writeEveryMs, stopped.signal)
    }
  }
  const writing = writeOften()

  return {
    signal: AbortSignal.any([outer, cancelled.signal]),
    isCancelled: () => cancelled.signal.aborted,
    /** `fraction` of that state's work, 0 to 1. */
    report(newState: UploadState, fraction: number): void {
      const [from, to] = shares[newState] ?? [0, 0]
      state = newState
      progress = Math.max(progress, from + (to - from) * Math.min(Math.max(fraction, 0), 1))
    },
    async stop(): Promise<void> {
      stopped.abort()
      await writing
    },
  }
}
