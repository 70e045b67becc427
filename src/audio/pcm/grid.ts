/**
 * The grid on which audio is worked on, in samples of a channel at the one rate that is published. None of it depends on
 * the machine, so that a recording gives the same bytes everywhere.
 */
export const sampleRateHz = 44_100

/** An MPEG-1 layer III frame. */
export const frameSamples = 1152

/** 100 ms: loudness is gated in blocks of four of these (ITU-R BS.1770-4). */
export const blockSamples = 4410

/** 2.2 ms, 45 in a block: what has one peak and one gain. */
export const slotSamples = 98

/** 11 ms, 9 in a block: the finest step of a waveform. */
export const partSamples = 490

/** What frames and blocks both divide: 6.4 s. */
const commonSamples = 282_240

/** Five minutes: cut at frames, so that pieces can be joined, and at blocks, so that their loudness can. */
export const pieceSamples = 47 * commonSamples

/** A part of a recording; `end` is the first sample after it. */
export type Piece = Readonly<{ index: number; start: number; end: number; isLast: boolean }>

/** Cuts a recording of at least one sample. What would be left over as a very short piece belongs to the one before. */
export function cutIntoPieces(samples: number): Piece[] {
  const count = Math.max(1, Math.ceil((samples - commonSamples) / pieceSamples))
  return Array.from({ length: count }, (_, index) => ({
    index,
    start: index * pieceSamples,
    end: index === count - 1 ? samples : (index + 1) * pieceSamples,
    isLast: index === count - 1,
  }))
}
