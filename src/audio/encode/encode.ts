import path from 'node:path'
import { cutIntoPieces, frameSamples, sampleRateHz } from '../pcm/grid.ts'
import type { Pcm } from '../pcm/pcm.ts'
import { withPieceThreads } from '../piece-threads.ts'
import { type Draft, draftPiece, framesBefore, limitedDb } from './draft.ts'
import { encodeWithinPeaks, type Settings } from './encode-within-peaks.ts'

/** An encoded piece: which of its frames count. */
export type EncodedPiece = Readonly<{
  path: string
  skipFrames: number
  /** All that are left, where this is undefined. */
  frames: number | undefined
  /** The most that the limiter took from a peak, dB. */
  limitedDb: number
}>

type Options = Settings &
  Readonly<{
    /** An existing folder; the pieces are written there. */
    folder: string
    /** Pieces at once. */
    threads: number
    /** As they were measured. */
    peaks: Uint16Array
    signal: AbortSignal
    /** 0 to 1, never falling. */
    onProgress(fraction: number): void
  }>

/**
 * Encodes a recording piece by piece, several at once, because libmp3lame keeps one core busy only. The pieces, joined, are what one
 * run would give; the same bytes for any number of threads. Rejects with the signal's reason.
 */
export async function encodePcm(pcm: Pcm, options: Options): Promise<EncodedPiece[]> {
  const { folder, threads, peaks, onProgress, ...settings } = options
  const drafts = cutIntoPieces(pcm.samples).map((piece) =>
    draftPiece(piece, { path: path.join(folder, `piece-${piece.index}.mp3`), samples: pcm.samples, peaks }),
  )
  const onSeconds = addUp(drafts, pcm.samples / sampleRateHz, onProgress)
  await withPieceThreads(Math.min(threads, drafts.length), (threads) =>
    encodeWithinPeaks(pcm, drafts, { ...settings, threads, onSeconds }),
  )
  return drafts.map((draft) => finished(draft, settings))
}

/** Turns the seconds done of each piece into the fraction done of all. */
function addUp(drafts: readonly Draft[], totalSeconds: number, onProgress: (fraction: number) => void) {
  const done = drafts.map(() => 0)
  return ({ index, start, end }: Draft['piece'], seconds: number) => {
    done[index] = Math.max(done[index] ?? 0, Math.min(seconds, (end - start) / sampleRateHz))
    onProgress(Math.min(1, done.reduce((sum, each) => sum + each, 0) / totalSeconds))
  }
}

const finished = (draft: Draft, { level }: Settings): EncodedPiece => ({
  path: draft.path,
  skipFrames: framesBefore(draft.piece),
  frames: draft.piece.isLast ? undefined : (draft.piece.end - draft.piece.start) / frameSamples,
  limitedDb: limitedDb(draft, level),
})
