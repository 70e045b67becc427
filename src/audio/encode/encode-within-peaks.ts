import type { Level } from '../loudness/level.ts'
import { limiterReach } from '../loudness/limiter.ts'
import { decodePeakDb, encodePeak } from '../loudness/peak-code.ts'
import { type Piece, slotSamples } from '../pcm/grid.ts'
import type { Pcm } from '../pcm/pcm.ts'
import type { SlotPeaks } from '../pcm/render.ts'
import { encodedRange, encodePiece } from './encode-piece.ts'
import { findOvershoots, type Overshoot } from './overshoots.ts'

type Options = Readonly<{
  bitrateKbps: number
  level: Level
  /** As they were measured, of the whole recording. */
  peaks: Uint16Array
  /** What no peak of the result may pass, dBTP. */
  highestDbtp: number
  signal: AbortSignal
  onProgress(seconds: number): void
}>

/** An encoder can make a peak so much higher: what stays further below the limit need not be listened to. */
const mostOvershootDb = 2.5
const mostTries = 4
/** What is taken beyond the excess, so that one more try is enough. */
const extraDb = 0.2

/**
 * Encodes a piece so that no true peak *of the result* passes the limit: the loudest passages are decoded again, and where the encoder
 * made them too loud, the limiter takes as much more and the piece is encoded anew. A level without a ceiling is not checked.
 */
export async function encodeWithinPeaks(
  pcm: Pcm,
  piece: Piece,
  target: string,
  options: Options,
): Promise<{ limitedDb: number }> {
  const { level, highestDbtp, signal } = options
  const { ceilingDbtp } = level
  const range = encodedRange(piece, pcm.samples)
  const peaks = copyPeaks(options.peaks, range)
  for (let tries = 1; ; tries++) {
    await encodePiece(pcm, piece, target, { ...options, peaks })
    if (ceilingDbtp === undefined) return { limitedDb: 0 }
    const threshold = ceilingDbtp - level.gainDb
    const loud = loudSamples(peaks, range, highestDbtp - mostOvershootDb - level.gainDb)
    const overshoots = await findOvershoots(target, loud, { channels: pcm.channels, highestDbtp, signal })
    if (overshoots.length === 0 || tries === mostTries) return { limitedDb: highestDb(peaks) - threshold }
    for (const overshoot of overshoots) raisePeaks(peaks, range, { ...overshoot, threshold })
  }
}

type Range = Readonly<{ start: number; end: number }>

/** With as many slots on either side as the limiter asks for. */
function copyPeaks(codes: Uint16Array, { start, end }: Range): SlotPeaks {
  const firstSlot = Math.max(0, Math.floor(start / slotSamples) - limiterReach - 1)
  return { codes: codes.slice(firstSlot, Math.ceil(end / slotSamples) + limiterReach + 1), firstSlot }
}

const highestDb = ({ codes }: SlotPeaks): number =>
  decodePeakDb(codes.reduce((highest, code) => Math.max(highest, code), 0))

/** Where peaks are that the encoder might bring over the limit, counted from the first sample that was encoded. */
function loudSamples({ codes, firstSlot }: SlotPeaks, { start }: Range, leastDb: number): number[] {
  const least = encodePeak(leastDb)
  const samples: number[] = []
  for (const [index, code] of codes.entries()) if (code > least) samples.push((firstSlot + index) * slotSamples - start)
  return samples
}

/** Makes the limiter take that much more there, as if the recording had been louder. */
function raisePeaks(
  { codes, firstSlot }: SlotPeaks,
  range: Range,
  { start, end, excessDb, threshold }: Overshoot & Readonly<{ threshold: number }>,
): void {
  const [first, last] = [start, end].map((sample) => Math.floor((range.start + sample) / slotSamples) - firstSlot)
  for (let slot = Math.max(0, first ?? 0); slot <= (last ?? 0) && slot < codes.length; slot++) {
    const peakDb = Math.max(decodePeakDb(codes[slot] as number), threshold)
    codes[slot] = encodePeak(peakDb + excessDb + extraDb)
  }
}
