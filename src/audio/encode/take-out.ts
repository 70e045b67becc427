import { type FileHandle, open } from 'node:fs/promises'
import type { MpegFrame } from '../mp3/mpeg-frame.ts'
import { walkFrames } from '../mp3/walk-frames.ts'
import { frameSamples } from '../pcm/grid.ts'
import { codecDelay } from './encoder.ts'

/** An encoded piece, and where to listen: samples counted from the first that was encoded, in order. */
export type Suspect = Readonly<{ path: string; samples: readonly number[] }>

/** Frames of a piece to be decoded one after the other; `end` is the first after them. */
export type Run = Readonly<{ start: number; end: number }>

/** A decoder that begins in the middle is right from its third frame on. */
export const warmUpFrames = 2
/** Before and after the frame in which a peak lies: what the encoder smears it into. */
const smearedFrames = 1

/** Writes the frames in question of all pieces into one file; returns which they are, for each. */
export async function takeOut(suspects: readonly Suspect[], target: string): Promise<Run[][]> {
  const file = await open(target, 'w')
  const runs: Run[][] = []
  try {
    for (const { path, samples } of suspects) runs.push(await copyRuns(path, runsOf(samples), file))
    return runs
  } finally {
    await file.close()
  }
}

/** The frames of the samples with those around them, joined where they touch. */
function runsOf(samples: readonly number[]): Run[] {
  const runs: { start: number; end: number }[] = []
  for (const sample of samples) {
    const frame = Math.floor((sample + codecDelay) / frameSamples)
    const start = Math.max(0, frame - smearedFrames - warmUpFrames)
    const end = frame + smearedFrames + 2
    const last = runs.at(-1)
    if (last && start <= last.end) last.end = Math.max(last.end, end)
    else runs.push({ start, end })
  }
  return runs
}

/** Returns them cut to the frames that the piece has. */
async function copyRuns(piece: string, runs: readonly Run[], file: FileHandle): Promise<Run[]> {
  let seen = 0
  for await (const { bytes, frames } of walkFrames(piece)) {
    const places = placesOf(frames)
    const placeOf = (frame: number) => places[Math.min(Math.max(0, frame - seen), frames.length)]
    const parts = runs.map(({ start, end }) => bytes.subarray(placeOf(start), placeOf(end)))
    await file.writeFile(Buffer.concat(parts))
    seen += frames.length
  }
  const cut = runs.map(({ start, end }) => ({ start, end: Math.min(end, seen) }))
  return cut.filter(({ start, end }) => start < end)
}

/** Where each frame begins, and where the last one ends. */
function placesOf(frames: readonly MpegFrame[]): number[] {
  const places = [0]
  for (const { bytes } of frames) places.push((places.at(-1) as number) + bytes)
  return places
}
