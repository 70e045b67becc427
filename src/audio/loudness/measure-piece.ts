import { blockSamples, type Piece, partSamples, slotSamples } from '../pcm/grid.ts'
import { openPcm, type Pcm, type PcmReader, type Unusable } from '../pcm/pcm.ts'
import { toDb } from './decibels.ts'
import { createKWeighting, type KWeighting, scan, settlingSamples } from './k-weighting.ts'
import { encodePeak } from './peak-code.ts'
import { truePeak, truePeakMargin } from './true-peak.ts'

/** What one pass over a piece finds. Channels are taken together: summed in energy, the highest of all in peaks. */
export type PieceFacts = Readonly<{
  /** K-weighted mean square of each whole 100 ms. */
  energies: Float64Array
  /** The true peak of each slot, as `peak-code` writes it; of slots far below the loudest, the sample peak. */
  peaks: Uint16Array
  /** Lowest and highest sample in turn, of each waveform part; full scale is 1. */
  parts: Float32Array
  /** Nearly: the few samples that are read twice count twice. */
  unusable: Unusable
}>

const blocksAtOnce = 20
const slotsInPart = partSamples / slotSamples
const slotsInBlock = blockSamples / slotSamples

/** Slots so far below the loudest one before them can be neither limited nor the highest of all. */
const farBelow = 0.28

export function measurePiece(pcm: Pcm, { start, end }: Pick<Piece, 'start' | 'end'>): PieceFacts {
  const reader = openPcm(pcm)
  try {
    const filters = Array.from({ length: pcm.channels }, createKWeighting)
    settle(reader, filters, start)
    const slots = Math.ceil((end - start) / slotSamples)
    const facts = {
      energies: new Float64Array(Math.floor((end - start) / blockSamples)),
      peaks: new Uint16Array(slots),
      parts: new Float32Array(2 * Math.ceil(slots / slotsInPart)),
    }
    let loudest = 0
    for (let at = start; at < end; at += blocksAtOnce * blockSamples) {
      const stop = Math.min(end, at + blocksAtOnce * blockSamples)
      const samples = reader.read(at - truePeakMargin, stop + truePeakMargin)
      const firstSlot = (at - start) / slotSamples
      loudest = measureChunk(facts, samples, filters, { firstSlot, length: stop - at, loudest })
    }
    return { ...facts, unusable: reader.unusable() }
  } finally {
    reader.close()
  }
}

/** Brings the filters to where they would be after everything before the piece. */
function settle(reader: PcmReader, filters: readonly KWeighting[], start: number): void {
  const samples = reader.read(start - settlingSamples, start)
  for (const [channel, filter] of filters.entries()) {
    scan(
      filter,
      samples,
      { start: channel, end: samples.length, step: filters.length },
      { squares: 0, low: 0, high: 0 },
    )
  }
}

type Chunk = Readonly<{
  /** Of the piece: where the chunk begins. */
  firstSlot: number
  /** Samples of a channel. */
  length: number
  /** The loudest peak before. */
  loudest: number
}>

/** Measures slot by slot and channel by channel; returns the loudest peak so far. */
function measureChunk(
  { energies, peaks, parts }: Omit<PieceFacts, 'unusable'>,
  samples: Float32Array,
  filters: readonly KWeighting[],
  { firstSlot, length, loudest: before }: Chunk,
): number {
  const step = filters.length
  const found = { squares: 0, low: 0, high: 0 }
  let loudest = before
  for (let slot = firstSlot, at = 0; at < length; slot++, at += slotSamples) {
    let peak = 0
    let squares = 0
    let low = 0
    let high = 0
    for (let channel = 0; channel < step; channel++) {
      const start = (truePeakMargin + at) * step + channel
      const run = { start, end: start + Math.min(slotSamples, length - at) * step, step }
      scan(filters[channel] as KWeighting, samples, run, found)
      const level = Math.max(found.high, -found.low)
      peak = Math.max(peak, level > loudest * farBelow ? truePeak(samples, run, level) : level)
      squares += found.squares
      low = Math.min(low, found.low)
      high = Math.max(high, found.high)
    }
    loudest = Math.max(loudest, peak)
    peaks[slot] = encodePeak(toDb(peak))
    widen(parts, Math.floor(slot / slotsInPart), low, high)
    const block = Math.floor(slot / slotsInBlock)
    if (block < energies.length) (energies[block] as number) += squares / blockSamples
  }
  return loudest
}

function widen(parts: Float32Array, part: number, low: number, high: number): void {
  if (low < (parts[2 * part] as number)) parts[2 * part] = low
  if (high > (parts[2 * part + 1] as number)) parts[2 * part + 1] = high
}
