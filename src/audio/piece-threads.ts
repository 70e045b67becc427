import type { Worker } from 'node:worker_threads'
import { startThread } from '../core/start-thread.ts'
import type { Verbs } from './piece-thread.ts'

/** A thread that does one thing at a time. */
export type PieceThread = Readonly<{
  /**
   * Has the thread call that function. Rejects as it does, and with the signal's reason; the thread is not to be asked again then,
   * for it goes on until it is ended.
   */
  ask<Name extends keyof Verbs>(
    verb: Name,
    parameters: Parameters<Verbs[Name]>,
    signal: AbortSignal,
  ): Promise<Awaited<ReturnType<Verbs[Name]>>>
}>

/** Starts so many threads for pieces of a recording, and ends them whatever the work comes to. */
export async function withPieceThreads<Result>(
  count: number,
  work: (threads: readonly PieceThread[]) => Promise<Result>,
): Promise<Result> {
  const workers = Array.from({ length: count }, () => startThread('audio/piece-thread'))
  try {
    return await work(workers.map((worker) => ({ ask: (...question) => ask(worker, ...question) as never })))
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

function ask(worker: Worker, verb: string, parameters: readonly unknown[], signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const abort = () => settle(() => reject(signal.reason))
    const answer = (found: unknown) => settle(() => (found instanceof Error ? reject(found) : resolve(found)))
    const settle = (end: () => void) => {
      worker.off('message', answer).off('error', answer)
      signal.removeEventListener('abort', abort)
      end()
    }
    worker.on('message', answer).on('error', answer)
    signal.addEventListener('abort', abort)
    worker.postMessage({ verb, parameters })
  })
}
