import path from 'node:path'
import { encodePcm } from './encode/encode.ts'
import { asItIs, type Level, planLevel } from './loudness/level.ts'
import type { Measured } from './loudness/measure.ts'
import { joinMp3 } from './mp3/join-mp3.ts'
import type { WrittenMp3 } from './mp3/write-mp3.ts'
import { sampleRateHz } from './pcm/grid.ts'
import type { Pcm } from './pcm/pcm.ts'

/** How audio of so many channels is to be published. */
export type Form = Readonly<{
  bitrateKbps: number
  /** LUFS; undefined: the loudness stays as it is. */
  targetLufs: number | undefined
}>

/** A finished MP3: what was done to its audio, and what it is. */
export type MadeMp3 = WrittenMp3 &
  Readonly<{
    path: string
    /** LUFS; undefined: its loudness was left as it is. */
    targetLufs: number | undefined
    level: Level
    bitrateKbps: number
    channels: 1 | 2
    sampleRateHz: number
    /** Its frames are the recording's own. */
    isKept: boolean
  }>

type Options = Readonly<{
  /** An existing folder for the pieces and the result. */
  folder: string
  form: Form
  /** The tag area. */
  head: Buffer
  threads: number
  signal: AbortSignal
  onProgress(fraction: number): void
}>

/** Of the published file (podcasters.apple.com/support/893: at most -1 dBTP). */
export const highestDbtp = -1

/** So much higher peaks often are after an encoder has left out what is not heard; where they are higher still, it tries again. */
const encoderOvershootDb = 2

/** Where the limiter keeps the peaks before they are encoded. */
export const ceilingDbtp = highestDbtp - encoderOvershootDb

/** Encodes measured samples at their final loudness into one gapless MP3. */
export async function makeMp3(pcm: Pcm, measured: Measured, options: Options): Promise<MadeMp3> {
  const { folder, form, head, threads, signal, onProgress } = options
  const { bitrateKbps, targetLufs } = form
  const { channels, samples } = pcm
  const level = targetLufs === undefined ? asItIs : planLevel(measured, { targetLufs, ceilingDbtp })
  const encoding = { folder, threads, bitrateKbps, level, peaks: measured.peaks, highestDbtp, signal, onProgress }
  const pieces = await encodePcm(pcm, encoding)
  const target = path.join(folder, 'joined.mp3')
  const joined = await joinMp3(pieces, target, { head, sampleRateHz, channels, bitrateKbps, samples, signal })
  const limitedDb = Math.max(0, ...pieces.map((piece) => piece.limitedDb))
  return {
    ...joined,
    path: target,
    targetLufs,
    level: { ...level, limitedDb },
    bitrateKbps,
    channels,
    sampleRateHz,
    isKept: false,
  }
}
