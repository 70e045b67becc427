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

/**
 * Encodes pieces so that no true peak *of the result* passes the limit: the loudest passages are decoded again, and where the encoder
 * made them too loud, the limiter takes as much more and the piece is encoded anew. A level without a ceiling is not checked.
 */
export async function encodeWithinPeaks(pcm: Pcm, drafts: readonly Draft[], options: Options): Promise<void> {
  let waiting = drafts
  for (let tries = 1; waiting.length > 0; tries++) {
    const isHeard = options.level.ceilingDbtp !== undefined && tries < mostTries
    waiting = await encodeAll(pcm, waiting, isHeard, options)
  }
}

type Context = Readonly<{ thread: PieceThread; signal: AbortSignal }>

/**
 * All are encoded, and heard as soon as a thread has nothing left to encode: so none waits for the others in between. Returns those
 * that are too loud, with their peaks raised; none when they are not heard.
 */
async function encodeAll(
  pcm: Pcm,
  drafts: readonly Draft[],
  isHeard: boolean,
  options: Options,
): Promise<readonly Draft[]> {
  const { threads, signal } = options
  const groups = shareOut(drafts, threads.length, mostEncodedAtOnce)
  const encodings: Promise<void>[] = []
  const encode = (group: readonly Draft[]) => async (context: Context) => {
    const encoding = encodeGroup(pcm, group, { ...options, ...context })
    encodings.push(encoding)
    await encoding
    return []
  }
  const hear = (group: readonly Draft[], index: number) => async (context: Context) => {
    await encodings[index]
    return hearGroup(pcm, group, { ...options, ...context })
  }
  const tasks = [...groups.map(encode), ...(isHeard ? groups.map(hear) : [])]
  const tooLoud = await inParallel(tasks, { lanes: threads.length, signal }, (task, { lane, signal }) =>
    task({ thread: threads[lane] as PieceThread, signal }),
  )
  return tooLoud.flat()
}

function encodeGroup(pcm: Pcm, group: readonly Draft[], { onSeconds, ...options }: Options & Context): Promise<void> {
  const onProgress = (seconds: number) => {
    for (const { piece } of group) onSeconds(piece, seconds)
  }
  return encodePieces(pcm, group, { ...options, onProgress })
}

async function hearGroup({ channels }: Pcm, group: readonly Draft[], options: Options & Context): Promise<Draft[]> {
  const { level, highestDbtp, thread, signal } = options
  const { gainDb, ceilingDbtp = Infinity } = level
  const leastDb = highestDbtp - mostOvershootDb - gainDb
  const suspects = group.map((draft) => ({ path: draft.path, samples: loudSamples(draft, leastDb) }))
  const found = await findOvershoots(suspects, { channels, highestDbtp, thread, signal })
  return group.filter((draft, index) => {
    const overshoots = found[index] ?? []
    for (const overshoot of overshoots) raisePeaks(draft, overshoot, ceilingDbtp - gainDb)
    return overshoots.length > 0
  })
}

/** In order, into as many groups as there are threads, or more. */
function shareOut<Item>(items: readonly Item[], threads: number, most: number): Item[][] {
  const size = Math.min(most, Math.ceil(items.length / threads))
  return Array.from({ length: Math.ceil(items.length / size) }, (_, group) =>
    items.slice(group * size, (group + 1) * size),
  )
}
