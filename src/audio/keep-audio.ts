import path from 'node:path'
import { asItIs } from './loudness/level.ts'
import type { Measured } from './loudness/measure.ts'
import { type Form, highestDbtp, type MadeMp3 } from './make-mp3.ts'
import { inspectMp3, type Mp3Inspection } from './mp3/inspect-mp3.ts'
import { keepFrames } from './mp3/keep-frames.ts'

type Options = Readonly<{
  /** An existing folder for the result. */
  folder: string
  form: Form
  /** The tag area. */
  head: Buffer
  /** Whether the podcaster asked for it. */
  isAsked: boolean
  signal: AbortSignal
}>

/** LU. */
const tolerance = 1
/** A file that is larger by more than this is encoded again: every download would carry it. */
const mostTimesTheRate = 1.5
const goodRatesHz = new Set([44_100, 48_000])

/**
 * Publishes the frames of an MP3 bit for bit under new tags: when that was asked for, or when its format, bit rate and loudness are
 * what an encode would give, which could only make it worse. Undefined when they are not, or when it is no MP3 of one piece.
 */
export async function keepAudio(source: string, measured: Measured, options: Options): Promise<MadeMp3 | undefined> {
  const { folder, form, head, isAsked, signal } = options
  const mp3 = await inspectMp3(source, { signal })
  if (!mp3?.isPlain || !(isAsked || isGood(mp3, measured, form))) return undefined
  const target = path.join(folder, 'kept.mp3')
  const written = await keepFrames(source, target, { head, signal, inspection: mp3 })
  const { channels, sampleRateHz } = mp3.stream.first
  const bitrateKbps = Math.round(mp3.averageKbps)
  const targetLufs = isAsked ? undefined : form.targetLufs
  return { ...written, path: target, targetLufs, level: asItIs, bitrateKbps, channels, sampleRateHz, isKept: true }
}

function isGood({ stream, averageKbps }: Mp3Inspection, { lufs, peakDbtp }: Measured, form: Form): boolean {
  const { bitrateKbps, targetLufs } = form
  const isLoudEnough = targetLufs === undefined || (Math.abs(lufs - targetLufs) <= tolerance && peakDbtp <= highestDbtp)
  const isRate = averageKbps >= bitrateKbps * 0.98 && averageKbps <= bitrateKbps * mostTimesTheRate
  return isLoudEnough && isRate && goodRatesHz.has(stream.first.sampleRateHz)
}
