import { inParallel } from '../encode/in-parallel.ts'
import { cutIntoPieces } from '../pcm/grid.ts'
import type { Pcm } from '../pcm/pcm.ts'
import { type PieceThread, withPieceThreads } from '../piece-threads.ts'
import { integratedLufs } from './loudness.ts'
import type { PieceFacts } from './measure-piece.ts'
import { decodePeakDb } from './peak-code.ts'

/** What is known of a whole recording before it is encoded. See `PieceFacts` for the arrays. */
export type Measured = PieceFacts &
  Readonly<{
    /** Integrated loudness (ITU-R BS.1770-4); minus infinity for silence. */
    lufs: number
    /** True peak; minus infinity for digital silence. */
    peakDbtp: number
  }>

type Options = Readonly<{ threads: number; signal: AbortSignal; onProgress(fraction: number): void }>

/** Reads all samples once, in several threads; the same on every machine. Rejects with the signal's reason. */
export function measurePcm(pcm: Pcm, { threads, signal, onProgress }: Options): Promise<Measured> {
  const pieces = cutIntoPieces(pcm.samples)
  const lanes = Math.min(threads, pieces.length)
  let done = 0
  return withPieceThreads(lanes, async (threads) => {
    const facts = await inParallel(pieces, { lanes, signal }, async (piece, { lane, signal }) => {
      const found = await (threads[lane] as PieceThread).ask('measurePiece', [pcm, piece], signal)
      onProgress(++done / pieces.length)
      return found
    })
    return merge(facts)
  })
}

/** Pieces are cut at blocks, slots and parts alike: nothing is lost between them. */
function merge(facts: readonly PieceFacts[]): Measured {
  const energies = concat(
    Float64Array,
    facts.map((each) => each.energies),
  )
  const peaks = concat(
    Uint16Array,
    facts.map((each) => each.peaks),
  )
  const parts = concat(
    Float32Array,
    facts.map((each) => each.parts),
  )
  const unusable = {
    samples: facts.reduce((sum, each) => sum + each.unusable.samples, 0),
    peak: Math.max(...facts.map((each) => each.unusable.peak)),
  }
  const peakDbtp = decodePeakDb(peaks.reduce((highest, peak) => Math.max(highest, peak), 0))
  return { energies, peaks, parts, unusable, lufs: integratedLufs(energies), peakDbtp }
}

type NumberArray = Float64Array | Float32Array | Uint16Array

function concat<Kind extends NumberArray>(kind: new (length: number) => Kind, arrays: readonly Kind[]): Kind {
  const whole = new kind(arrays.reduce((length, array) => length + array.length, 0))
  let at = 0
  for (const array of arrays) {
    whole.set(array, at)
    at += array.length
  }
  return whole
}
