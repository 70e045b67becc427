import { toDb } from './decibels.ts'
import { blockSamples, type Piece, partSamples, slotSamples } from './grid.ts'
import { createKWeighting, type KWeighting, settlingSamples, weightedSquares } from './k-weighting.ts'
import { openPcm, type Pcm } from './pcm.ts'
import { encodePeak } from './peak-code.ts'
import { truePeak, truePeakMargin } from './true-peak.ts'

/** What one pass over a piece finds. Channels are taken together: summed in energy, the highest of all in peaks. */
export type PieceFacts = Readonly<{
  /** K-weighted mean square of each whole 100 ms. */
  energies: Float64Array
  /** The true peak of each slot, as `peak-code` writes it; of slots far below the loudest, the sample peak. */
  peaks: Uint16Array
  /** Lowest and highest sample in turn, of each waveform part; 32767 is full scale. */
  parts: Int16Array
}>

const blocksAtOnce = 20
const slotsInPart = partSamples / slotSamples
const slotsInBlock = blockSamples / slotSamples

/** Slots so far below the loudest one before them can be neither limited nor the highest of all. */
const farBelow = 0.25

export async function measurePiece(pcm: Pcm, { start, end }: Pick<Piece, 'start' | 'end'>): Promise<PieceFacts> {
  const reader = await openPcm(pcm)
  try {
    const filters = Array.from({ length: pcm.channels }, createKWeighting)
    await settle(reader.read, filters, start)
    const slots = Math.ceil((end - start) / slotSamples)
    const facts = {
      energies: new Float64Array(Math.floor((end - start) / blockSamples)),
      peaks: new Uint16Array(slots),
      parts: new Int16Array(2 * Math.ceil(slots / slotsInPart)),
    }
    let loudest = 0
    for (let at = start; at < end; at += blocksAtOnce * blockSamples) {
      const stop = Math.min(end, at + blocksAtOnce * blockSamples)
      const planes = await reader.read(at - truePeakMargin, stop + truePeakMargin)
      loudest = measureChunk(facts, planes, filters, { slot: (at - start) / slotSamples, samples: stop - at, loudest })
    }
    return facts
  } finally {
    await reader.close()
  }
}

/** Brings the filters to where they would be after everything before the piece. */
async function settle(
  read: (start: number, end: number) => Promise<readonly Float32Array[]>,
  filters: readonly KWeighting[],
  start: number,
): Promise<void> {
  const planes = await read(start - settlingSamples, start)
  for (const [channel, filter] of filters.entries()) {
    weightedSquares(filter, planes[channel] as Float32Array, 0, settlingSamples)
  }
}

type Chunk = Readonly<{
  /** Of the piece: where the chunk begins. */
  slot: number
  samples: number
  loudest: number
}>

/** Returns the loudest peak so far. */
function measureChunk(
  { energies, peaks, parts }: PieceFacts,
  planes: readonly Float32Array[],
  filters: readonly KWeighting[],
  { slot: firstSlot, samples, loudest: before }: Chunk,
): number {
  let loudest = before
  for (let slot = firstSlot, at = 0; at < samples; slot++, at += slotSamples) {
    const from = truePeakMargin + at
    const to = truePeakMargin + Math.min(samples, at + slotSamples)
    let peak = 0
    let squares = 0
    for (let channel = 0; channel < planes.length; channel++) {
      const plane = planes[channel] as Float32Array
      const [low, high] = extremes(plane, from, to)
      widen(parts, Math.floor(slot / slotsInPart), low, high)
      const level = Math.max(high, -low)
      peak = Math.max(peak, level > loudest * farBelow ? truePeak(plane, from, to, level) : level)
      squares += weightedSquares(filters[channel] as KWeighting, plane, from, to)
    }
    loudest = Math.max(loudest, peak)
    peaks[slot] = encodePeak(toDb(peak))
    const block = Math.floor(slot / slotsInBlock)
    if (block < energies.length) (energies[block] as number) += squares / blockSamples
  }
  return loudest
}

function extremes(samples: Float32Array, start: number, end: number): [low: number, high: number] {
  let low = 0
  let high = 0
  for (let i = start; i < end; i++) {
    const sample = samples[i] as number
    if (sample > high) high = sample
    else if (sample < low) low = sample
  }
  return [low, high]
}

function widen(parts: Int16Array, part: number, low: number, high: number): void {
  parts[2 * part] = Math.min(parts[2 * part] as number, Math.max(-32_768, Math.round(low * 32_767)))
  parts[2 * part + 1] = Math.max(parts[2 * part + 1] as number, Math.min(32_767, Math.round(high * 32_767)))
}
