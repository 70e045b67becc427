import { parentPort } from 'node:worker_threads'
import type { Piece } from '../pcm/grid.ts'
import type { Pcm } from '../pcm/pcm.ts'
import { measurePiece } from './measure-piece.ts'

/** A thread that measures the pieces it is sent, one after the other: so that nobody else's thread is held. */
parentPort?.on('message', async ({ pcm, piece }: { pcm: Pcm; piece: Piece }) => {
  const answer = await measurePiece(pcm, piece).catch((error: Error) => error)
  parentPort?.postMessage(answer)
})
