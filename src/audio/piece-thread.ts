import { parentPort } from 'node:worker_threads'
import { findPeaks } from './encode/find-peaks.ts'
import { takeOut } from './encode/take-out.ts'
import { measurePiece } from './loudness/measure-piece.ts'
import { renderPcm } from './pcm/render.ts'

/** What threads do: all that touches every sample, or every frame. */
const verbs = { findPeaks, measurePiece, renderPcm, takeOut }

export type Verbs = typeof verbs
export type Question = { verb: keyof Verbs; parameters: never[] }

/** One of `withPieceThreads`: it does what it is asked, one thing after the other, so that nobody else's thread is held. */
parentPort?.on('message', async (question: Question) => {
  parentPort?.postMessage(await answer(question).catch((error: Error) => error))
})

async function answer({ verb, parameters }: Question): Promise<unknown> {
  const run: (...parameters: never[]) => unknown = verbs[verb]
  return run(...parameters)
}
