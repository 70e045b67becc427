import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { runFfmpeg } from '../ffmpeg/ffmpeg.ts'
import { toDb } from '../loudness/decibels.ts'
import { truePeak, truePeakMargin } from '../loudness/true-peak.ts'
import { walkFrames } from '../mp3/walk-frames.ts'
import { frameSamples } from '../pcm/grid.ts'
import { openPcm, sampleBytes } from '../pcm/pcm.ts'

/** Samples, counted from the first that was encoded, that became louder than they may by the encoder's doing. */
export type Overshoot = Readonly<{ start: number; end: number; excessDb: number }>

type Options = Readonly<{
  channels: 1 | 2
  /** What no peak may pass, dBTP. */
  highestDbtp: number
  signal: AbortSignal
}>

/** Of encoder and decoder together: so many samples later a sound comes out of the decoder. */
const codecDelay = 1105
/** A decoder that begins in the middle is right from its third frame on. */
const warmUpFrames = 2
/** Before and after the frame in which a peak lies: what the encoder smears it into. */
const smearedFrames = 1

/**
 * Decodes an encoded piece around the given samples (counted from the first that was encoded, in order), and finds what a listener
 * would hear too loud. Its frames stand for themselves (`-reservoir 0`), so passages can be taken out.
 */
export async function findOvershoots(
  piece: string,
  samples: readonly number[],
  options: Options,
): Promise<Overshoot[]> {
  const frames = await frameBounds(piece, options.signal)
  const runs = runsOf(samples, frames.length)
  if (runs.length === 0) return []
  const excerpt = `${piece}.excerpt`
  const decoded = `${excerpt}.f32`
  try {
    await writeFile(excerpt, await takeOut(piece, frames, runs))
    await decode(excerpt, decoded, options.signal)
    return await judge(decoded, runs, options)
  } finally {
    await Promise.all([excerpt, decoded].map((file) => rm(file, { force: true })))
  }
}

type Bounds = Readonly<{ start: number; end: number }>

async function frameBounds(piece: string, signal: AbortSignal): Promise<Bounds[]> {
  const bounds: Bounds[] = []
  for await (const { position, frames } of walkFrames(piece, { signal })) {
    let start = position
    for (const { bytes } of frames) {
      bounds.push({ start, end: start + bytes })
      start += bytes
    }
  }
  return bounds
}

/** Frames to be decoded one after the other; `end` is the first after them. */
type Run = Readonly<{ start: number; end: number }>

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

async function takeOut(piece: string, frames: readonly Bounds[], runs: readonly Run[]): Promise<Buffer> {
  const bytes = await readFile(piece)
  return Buffer.concat(runs.map(({ start, end }) => bytes.subarray(frames[start]?.start, frames[end - 1]?.end)))
}

function decode(excerpt: string, target: string, signal: AbortSignal): Promise<void> {
  const source = { path: excerpt, container: 'mp3' }
  return runFfmpeg(source, (command) => command.output(target).outputOptions('-f', 'f32le'), { signal })
}

async function judge(decoded: string, runs: readonly Run[], { channels, highestDbtp }: Options): Promise<Overshoot[]> {
  const samples = (await stat(decoded)).size / sampleBytes.f32le / channels
  const reader = await openPcm({ path: decoded, offset: 0, encoding: 'f32le', channels, samples })
  try {
    const found: Overshoot[] = []
    let at = 0
    for (const run of runs) {
      const length = (run.end - run.start) * frameSamples
      const heard = await reader.read(at - truePeakMargin, at + length + truePeakMargin)
      found.push(...overshootsOf(heard, run, { channels, highestDbtp }))
      at += length
    }
    return found
  } finally {
    await reader.close()
  }
}

function overshootsOf(
  heard: Float32Array,
  { start, end }: Run,
  { channels, highestDbtp }: Pick<Options, 'channels' | 'highestDbtp'>,
): Overshoot[] {
  const found: Overshoot[] = []
  for (let frame = start + (start === 0 ? 0 : warmUpFrames); frame < end; frame++) {
    const first = truePeakMargin + (frame - start) * frameSamples
    const excessDb = toDb(highestPeak(heard, channels, first, first + frameSamples)) - highestDbtp
    if (excessDb > 0) found.push({ ...samplesOf(frame), excessDb })
  }
  return found
}

function highestPeak(samples: Float32Array, channels: number, first: number, last: number): number {
  let highest = 0
  for (let i = first * channels; i < last * channels; i++) highest = Math.max(highest, Math.abs(samples[i] as number))
  let peak = highest
  for (let channel = 0; channel < channels; channel++) {
    const run = { start: first * channels + channel, end: last * channels, step: channels }
    peak = Math.max(peak, truePeak(samples, run, highest))
  }
  return peak
}

/** What comes out of the decoder in that frame. */
function samplesOf(frame: number): Readonly<{ start: number; end: number }> {
  const start = frame * frameSamples - codecDelay
  return { start, end: start + frameSamples }
}
