import path from 'node:path'
import type { Level } from '../loudness/level.ts'
import { cutIntoPieces, frameSamples, sampleRateHz } from '../pcm/grid.ts'
import type { Pcm } from '../pcm/pcm.ts'
import { framesBefore } from './encode-piece.ts'
import { encodeWithinPeaks } from './encode-within-peaks.ts'
import { inParallel } from './in-parallel.ts'

/** An encoded piece: which of its frames count. */
export type EncodedPiece = Readonly<{
  path: string
  skipFrames: number
  /** All that are left, where this is undefined. */
  frames: number | undefined
  /** The most that the limiter took from a peak, dB. */
  limitedDb: number
}>

type Options = Readonly<{
  /** An existing folder; the pieces are written there. */
  folder: string
  /** Pieces at once. */
  threads: number
  bitrateKbps: number
  level: Level
  /** As they were measured. */
  peaks: Uint16Array
  /** What no peak of the result may pass, dBTP. */
  highestDbtp: number
  signal: AbortSignal
  /** 0 to 1, never falling. */
  onProgress(fraction: number): void
}>

/**
 * Encodes a recording piece by piece, several at once, because libmp3lame keeps one core busy only. The pieces, joined, are what one
 * run would give; the same bytes for any number of threads. Rejects with the signal's reason.
 */
export function encodePcm(
  pcm: Pcm,
  { folder, threads, onProgress, signal, ...options }: Options,
): Promise<EncodedPiece[]> {
  const pieces = cutIntoPieces(pcm.samples)
  const secondsDone = pieces.map(() => 0)
  const report = (index: number, seconds: number) => {
    secondsDone[index] = Math.max(secondsDone[index] ?? 0, seconds)
    const done = secondsDone.reduce((sum, each) => sum + each, 0)
    onProgress(Math.min(1, (done * sampleRateHz) / pcm.samples))
  }
  return inParallel(pieces, { lanes: threads, signal }, async (piece, { signal }) => {
    const target = path.join(folder, `piece-${piece.index}.mp3`)
    const samples = piece.end - piece.start
    const seconds = samples / sampleRateHz
    const onProgress = (done: number) => report(piece.index, Math.min(seconds, done))
    const { limitedDb } = await encodeWithinPeaks(pcm, piece, target, { ...options, signal, onProgress })
    report(piece.index, seconds)
    return {
      path: target,
      skipFrames: framesBefore(piece),
      frames: piece.isLast ? undefined : samples / frameSamples,
      limitedDb,
    }
  })
}
