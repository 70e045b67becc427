import type { App } from '../core/app.ts'
import { endedStates, type UploadState } from '../shows/upload-state.ts'
import { keepBeating } from './heartbeat.ts'

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
  let state: UploadState = 'probing'
  let progress = 0

  async function write(): Promise<boolean> {
    const row = await app.db
      .updateTable('upload')
      .set({ state, progress, updatedAt: app.clock.now() })
      .where('id', '=', uploadId)
      .where('state', 'not in', endedStates)
      .returning('id')
      .executeTakeFirst()
    return row !== undefined
  }

  const complaint = `the progress of the upload ${uploadId} could not be written`
  const { signal, isUnwanted, stop } = keepBeating(app, write, { outer, complaint })
  return {
    signal,
    isCancelled: isUnwanted,
    /** `fraction` of that state's work, 0 to 1. */
    report(newState: UploadState, fraction: number): void {
      const [from, to] = shares[newState] ?? [0, 0]
      state = newState
      progress = Math.max(progress, from + (to - from) * Math.min(Math.max(fraction, 0), 1))
    },
    stop,
  }
}
