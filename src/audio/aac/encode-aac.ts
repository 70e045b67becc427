import { rm } from 'node:fs/promises'
import path from 'node:path'
import { type Draft, draftPiece, limitedDb, raisePeaks } from '../encode/draft.ts'
import { runFfmpeg } from '../ffmpeg/ffmpeg.ts'
import type { Level } from '../loudness/level.ts'
import { type Measured, measurePcm } from '../loudness/measure.ts'
import { decodePeakDb } from '../loudness/peak-code.ts'
import { sampleRateHz, slotSamples } from '../pcm/grid.ts'
import type { Pcm } from '../pcm/pcm.ts'
import type { PieceThread } from '../piece-threads.ts'
import { plainM4a } from './tag-aac.ts'

type Options = Readonly<{
  /** An existing folder; the result is written into it. */
  folder: string
  bitrateKbps: number
  level: Level
  /** As the recording was measured. */
  peaks: Uint16Array
  /** What no true peak of the result may pass, dBTP. */
  highestDbtp: number
  /** Renders the samples. */
  thread: PieceThread
  signal: AbortSignal
}>

/** An M4A file without tags: how its samples were brought to their level, and what a listener hears of it. */
export type EncodedAac = Readonly<{ path: string; level: Level; heard: Measured }>

/** With the limiter alone; then all of it becomes a little quieter. At low bit rates an encoder can do strange things to harsh sounds. */
const limiterTries = 3
const mostTries = 7
const extraDb = 0.2
/** About as long as an AAC frame. */
const slotsInStretch = 11
/** Behind everything else, an MP3's encode too: nobody waits for it. */
const niceness = 19

/**
 * Encodes a recording in one run, and decodes it again: where the encoder made a peak too high, the limiter takes as much more, and
 * all is encoded anew. A level without a ceiling is taken as it comes.
 */
export async function encodeAac(pcm: Pcm, options: Options): Promise<EncodedAac> {
  const { folder, peaks, highestDbtp } = options
  const { samples } = pcm
  let { level } = options
  const target = path.join(folder, 'plain.m4a')
  const whole = { index: 0, start: 0, end: samples, isLast: true }
  const draft = draftPiece(whole, { path: target, samples, peaks })
  for (let tries = 1; ; tries++) {
    await encode(pcm, draft, { ...options, level })
    const heard = await hear(pcm, target, options)
    const isGood = level.ceilingDbtp === undefined || heard.peakDbtp <= highestDbtp
    if (isGood || tries === mostTries) {
      return { path: target, heard, level: { ...level, limitedDb: Math.max(0, limitedDb(draft, level)) } }
    }
    if (tries < limiterTries) raiseLoudPeaks(draft, heard, options)
    else level = quieter(level, heard.peakDbtp - highestDbtp + extraDb)
  }
}

async function encode(pcm: Pcm, { path: target, range, peaks }: Draft, options: Options): Promise<void> {
  const { bitrateKbps, level, thread, signal } = options
  const samples = `${target}.f32`
  try {
    await thread.ask('renderPcm', [pcm, range, samples, { level, peaks, encoderGainDb: 0 }], signal)
    await runFfmpeg(
      { samples: [samples], channels: pcm.channels, sampleRateHz },
      (command) => command.output(target).outputOptions('-c:a', 'aac', '-b:a', `${bitrateKbps}k`, ...plainM4a),
      { signal, niceness },
    )
  } finally {
    await rm(samples, { force: true })
  }
}

/** Measures what comes out of the decoder, which may end up to a frame later than what was encoded. */
async function hear({ channels, samples }: Pcm, file: string, { signal }: Options): Promise<Measured> {
  const decoded = `${file}.f32`
  try {
    await runFfmpeg(
      { path: file, container: 'mov' },
      (command) => command.output(decoded).outputOptions('-map', '0:a:0', '-f', 'f32le'),
      { signal, niceness },
    )
    const pcm: Pcm = { path: decoded, offset: 0, encoding: 'f32le', channels, samples }
    return await measurePcm(pcm, { threads: 1, signal, onProgress: () => {} })
  } finally {
    await rm(decoded, { force: true })
  }
}

function raiseLoudPeaks(draft: Draft, { peaks }: Measured, { level, highestDbtp }: Options): void {
  const { gainDb, ceilingDbtp = Infinity } = level
  for (let slot = 0; slot < peaks.length; slot += slotsInStretch) {
    const highest = peaks.subarray(slot, slot + slotsInStretch).reduce((most, peak) => Math.max(most, peak), 0)
    const excessDb = decodePeakDb(highest) - highestDbtp
    const stretch = { start: slot * slotSamples, end: (slot + slotsInStretch) * slotSamples - 1 }
    if (excessDb > 0) raisePeaks(draft, { ...stretch, excessDb }, ceilingDbtp - gainDb)
  }
}

/** Samples and limiter together: the same sound, quieter. */
const quieter = ({ gainDb, ceilingDbtp, shortfallLu, ...level }: Level, byDb: number): Level => ({
  ...level,
  gainDb: gainDb - byDb,
  ceilingDbtp: ceilingDbtp === undefined ? undefined : ceilingDbtp - byDb,
  shortfallLu: shortfallLu + byDb,
})
