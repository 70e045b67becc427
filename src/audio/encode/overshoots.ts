import { rm } from 'node:fs/promises'
import { runFfmpeg } from '../ffmpeg/ffmpeg.ts'
import { frameSamples } from '../pcm/grid.ts'
import type { PieceThread } from '../piece-threads.ts'
import { codecDelay } from './encoder.ts'
import type { LoudFrame } from './find-peaks.ts'
import { type Run, type Suspect, warmUpFrames } from './take-out.ts'

/** Samples, counted from the first that was encoded, that became louder than they may by the encoder's doing. */
export type Overshoot = Readonly<{ start: number; end: number; excessDb: number }>

type Options = Readonly<{
  channels: 1 | 2
  /** What no peak may pass, dBTP. */
  highestDbtp: number
  thread: PieceThread
  signal: AbortSignal
}>

/**
 * Decodes encoded pieces around the given samples, all by one ffmpeg, and finds what a listener would hear too loud in each. Their
 * frames stand for themselves (`-reservoir 0`), so passages can be taken out.
 */
export async function findOvershoots(suspects: readonly Suspect[], options: Options): Promise<Overshoot[][]> {
  const excerpt = `${suspects[0]?.path}.excerpt`
  const decoded = `${excerpt}.f32`
  const { channels, highestDbtp, thread, signal } = options
  try {
    const runs = await thread.ask('takeOut', [suspects, excerpt], signal)
    if (runs.every((each) => each.length === 0)) return runs.map(() => [])
    await decode(excerpt, decoded, signal)
    return assign(await thread.ask('findPeaks', [decoded, { channels, highestDbtp }], signal), runs)
  } finally {
    await Promise.all([excerpt, decoded].map((file) => rm(file, { force: true })))
  }
}

function decode(excerpt: string, target: string, signal: AbortSignal): Promise<void> {
  const source = { path: excerpt, container: 'mp3' }
  return runFfmpeg(source, (command) => command.output(target).outputOptions('-f', 'f32le'), { signal })
}

/** Gives each piece the loud frames that are its own, by what was taken out of it. */
function assign(found: readonly LoudFrame[], runs: readonly (readonly Run[])[]): Overshoot[][] {
  const loud = new Map(found.map(({ frame, excessDb }) => [frame, excessDb]))
  let at = 0
  return runs.map((own) =>
    own.flatMap(({ start, end }) => {
      const first = at
      at += end - start
      return overshootsIn({ start, end }, (frame) => loud.get(first + frame - start))
    }),
  )
}

function overshootsIn({ start, end }: Run, excessOf: (frame: number) => number | undefined): Overshoot[] {
  const overshoots: Overshoot[] = []
  for (let frame = start + (start === 0 ? 0 : warmUpFrames); frame < end; frame++) {
    const excessDb = excessOf(frame)
    if (excessDb !== undefined) overshoots.push({ ...samplesOf(frame), excessDb })
  }
  return overshoots
}

/** What comes out of the decoder in that frame. */
function samplesOf(frame: number): Readonly<{ start: number; end: number }> {
  const start = frame * frameSamples - codecDelay
  return { start, end: start + frameSamples }
}
