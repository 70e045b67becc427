import type { Level } from '../loudness/level.ts'
import { limiterReach } from '../loudness/limiter.ts'
import { decodePeakDb, encodePeak } from '../loudness/peak-code.ts'
import { frameSamples, type Piece, slotSamples } from '../pcm/grid.ts'
import type { SlotPeaks } from '../pcm/render.ts'
import { leadInFrames, leadOutFrames } from './encoder.ts'
import type { Overshoot } from './overshoots.ts'

/** A piece on its way to be encoded, perhaps more than once. */
export type Draft = Readonly<{
  piece: Piece
  /** Where its frames are written. */
  path: string
  /** The samples that are encoded for it: with those before and after it that the encoder needs. */
  range: Readonly<{ start: number; end: number }>
  /** The peaks that the limiter goes by: `raisePeaks` makes them higher than they are. */
  peaks: SlotPeaks
}>

/** What is taken beyond the excess, so that one more try is enough. */
const extraDb = 0.2

/** Frames of an encoded piece that come before it. */
export const framesBefore = ({ start }: Pick<Piece, 'start'>): number => (start === 0 ? 0 : leadInFrames)

/** `peaks` and `samples` are those of the whole recording. */
export function draftPiece(
  piece: Piece,
  { path, samples, peaks }: Readonly<{ path: string; samples: number; peaks: Uint16Array }>,
): Draft {
  const start = piece.start - framesBefore(piece) * frameSamples
  const end = Math.min(samples, piece.end + (piece.isLast ? 0 : leadOutFrames * frameSamples))
  return { piece, path, range: { start, end }, peaks: copyPeaks(peaks, start, end) }
}

/** With as many slots on either side as the limiter asks for. */
function copyPeaks(codes: Uint16Array, start: number, end: number): SlotPeaks {
  const firstSlot = Math.max(0, Math.floor(start / slotSamples) - limiterReach - 1)
  return { codes: codes.slice(firstSlot, Math.ceil(end / slotSamples) + limiterReach + 1), firstSlot }
}

/** Where peaks are higher than that, as measured, counted from the first sample that is encoded. */
export function loudSamples({ peaks: { codes, firstSlot }, range }: Draft, leastDb: number): number[] {
  const least = encodePeak(leastDb)
  const samples: number[] = []
  for (const [index, code] of codes.entries()) {
    if (code > least) samples.push((firstSlot + index) * slotSamples - range.start)
  }
  return samples
}

/** Makes the limiter take that much more there, as if the recording had been louder. */
export function raisePeaks(
  { peaks: { codes, firstSlot }, range }: Draft,
  { start, end, excessDb }: Overshoot,
  thresholdDb: number,
): void {
  const [first, last] = [start, end].map((sample) => Math.floor((range.start + sample) / slotSamples) - firstSlot)
  for (let slot = Math.max(0, first ?? 0); slot <= (last ?? 0) && slot < codes.length; slot++) {
    const peakDb = Math.max(decodePeakDb(codes[slot] as number), thresholdDb)
    codes[slot] = encodePeak(peakDb + excessDb + extraDb)
  }
}

/** The most that the limiter takes from a peak of it, dB; below 0: so far are its peaks from the ceiling. */
export function limitedDb({ peaks: { codes } }: Draft, { gainDb, ceilingDbtp = Infinity }: Level): number {
  return decodePeakDb(codes.reduce((highest, code) => Math.max(highest, code), 0)) + gainDb - ceilingDbtp
}
