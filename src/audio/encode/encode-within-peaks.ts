import type { Level } from '../loudness/level.ts'
import type { Piece } from '../pcm/grid.ts'
import type { Pcm } from '../pcm/pcm.ts'
import type { PieceThread } from '../piece-threads.ts'
import { type Draft, loudSamples, raisePeaks } from './draft.ts'
import { encodePieces } from './encode-pieces.ts'
import { inParallel } from './in-parallel.ts'
import { findOvershoots } from './overshoots.ts'

export type Settings = Readonly<{
  bitrateKbps: number
  level: Level
  /** What no peak of the result may pass, dBTP. */
  highestDbtp: number
  signal: AbortSignal
}>

type Options = Settings &
  Readonly<{
    /** As many pieces are worked on at once. */
    threads: readonly PieceThread[]
    /** Seconds of that piece that are done. */
    onSeconds(piece: Piece, seconds: number): void
  }>

/** An encoder can make a peak so much higher: what stays further below the limit need not be listened to. */
const mostOvershootDb = 2.5
const mostTries = 4
/** By one ffmpeg: a piece takes 110 MB of the disk meanwhile. */
const mostEncodedAtOnce = 3
/** By one ffmpeg: what is decoded of a piece takes as much at most, a fifth of it as a rule. */
const mostHeardAtOnce = 6

/**
 * Encodes pieces so that no true peak *of the result* passes the limit: the loudest passages are decoded again, and where the encoder
 * made them too loud, the limiter takes as much more and the piece is encoded anew. A level without a ceiling is not checked.
 */
export async function encodeWithinPeaks(pcm: Pcm, drafts: readonly Draft[], options: Options): Promise<void> {
  let waiting = drafts
  for (let tries = 1; waiting.length > 0; tries++) {
    await encodeAll(pcm, waiting, options)
    if (options.level.ceilingDbtp === undefined || tries === mostTries) return
    waiting = await hearAll(pcm, waiting, options)
  }
}

async function encodeAll(pcm: Pcm, drafts: readonly Draft[], options: Options): Promise<void> {
  const { threads, onSeconds, signal } = options
  const groups = shareOut(drafts, threads.length, mostEncodedAtOnce)
  await inParallel(groups, { lanes: threads.length, signal }, (group, { lane, signal }) => {
    const thread = threads[lane] as PieceThread
    const onProgress = (seconds: number) => {
      for (const { piece } of group) onSeconds(piece, seconds)
    }
    return encodePieces(pcm, group, { ...options, thread, signal, onProgress })
  })
}

/** Returns those that are too loud, with their peaks raised. */
async function hearAll({ channels }: Pcm, drafts: readonly Draft[], options: Options): Promise<Draft[]> {
  const { threads, level, highestDbtp, signal } = options
  const { gainDb, ceilingDbtp = Infinity } = level
  const leastDb = highestDbtp - mostOvershootDb - gainDb
  const suspects = drafts.map((draft) => ({ path: draft.path, samples: loudSamples(draft, leastDb) }))
  const groups = shareOut(suspects, threads.length, mostHeardAtOnce)
  const found = await inParallel(groups, { lanes: threads.length, signal }, (group, { lane, signal }) =>
    findOvershoots(group, { channels, highestDbtp, thread: threads[lane] as PieceThread, signal }),
  )
  return found.flat().flatMap((overshoots, index) => {
    const draft = drafts[index] as Draft
    for (const overshoot of overshoots) raisePeaks(draft, overshoot, ceilingDbtp - gainDb)
    return overshoots.length > 0 ? [draft] : []
  })
}

/** In order, into as many groups as there are threads, or more. */
function shareOut<Item>(items: readonly Item[], threads: number, most: number): Item[][] {
  const size = Math.min(most, Math.ceil(items.length / threads))
  return Array.from({ length: Math.ceil(items.length / size) }, (_, group) =>
    items.slice(group * size, (group + 1) * size),
  )
}
