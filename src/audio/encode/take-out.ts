import { open } from 'node:fs/promises'
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
    for (const { path, samples } of suspects) {
      const frames = await readFrames(path)
      const own = runsOf(samples, frames.length)
      await file.writeFile(Buffer.concat(own.flatMap(({ start, end }) => frames.slice(start, end))))
      runs.push(own)
    }
    return runs
  } finally {
    await file.close()
  }
}

/** The frames of the samples with those around them, joined where they touch. */
function runsOf(samples: readonly number[], frames: number): Run[] {
  const runs: { start: number; end: number }[] = []
  for (const sample of samples) {
    const frame = Math.floor((sample + codecDelay) / frameSamples)
    const start = Math.max(0, frame - smearedFrames - warmUpFrames)
    const end = Math.min(frames, frame + smearedFrames + 2)
    const last = runs.at(-1)
    if (last && start <= last.end) last.end = Math.max(last.end, end)
    else if (start < end) runs.push({ start, end })
  }
  return runs
}

async function readFrames(piece: string): Promise<Buffer[]> {
  const all: Buffer[] = []
  for await (const { bytes, frames } of walkFrames(piece)) {
    const own = Buffer.from(bytes)
    let start = 0
    for (const frame of frames) {
      all.push(own.subarray(start, start + frame.bytes))
      start += frame.bytes
    }
  }
  return all
}
