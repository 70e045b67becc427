import { encodeAac } from './aac/encode-aac.ts'
import { asItIs, type Level, planLevel } from './loudness/level.ts'
import { measurePcm } from './loudness/measure.ts'
import { ceilingDbtp, type Form, highestDbtp } from './make-mp3.ts'
import { sampleRateHz } from './pcm/grid.ts'
import { spoolPcm } from './pcm/spool.ts'
import { type PieceThread, withPieceThreads } from './piece-threads.ts'
import { probeRecording } from './recording/probe.ts'

/** An M4A file without tags: what was done to its audio, and what it is. */
export type MadeAac = Readonly<{
  path: string
  level: Level
  /** Of the finished file, LUFS and dBTP; minus infinity for silence. */
  lufs: number
  peakDbtp: number
  channels: 1 | 2
  sampleRateHz: number
  durationSeconds: number
}>

type Options = Readonly<{
  /** An existing folder; the result is written into it. */
  folder: string
  form: Form
  longestSeconds: number
  signal: AbortSignal
}>

/**
 * Turns a recording into AAC (LC) at its final loudness; the same recording and options give the same bytes. It keeps one core busy,
 * and stands back behind everything else. Throws as `probeRecording` and `spoolPcm` do.
 */
export async function makeAac(source: string, { folder, form, longestSeconds, signal }: Options): Promise<MadeAac> {
  const { bitrateKbps, targetLufs } = form
  const onProgress = () => {}
  const recording = await probeRecording(source, { signal })
  const pcm = await spoolPcm(source, recording, { folder, longestSeconds, signal, onProgress })
  const measured = await measurePcm(pcm, { threads: 1, signal, onProgress })
  const planned = targetLufs === undefined ? asItIs : planLevel(measured, { targetLufs, ceilingDbtp })
  const encoding = { folder, bitrateKbps, level: planned, peaks: measured.peaks, highestDbtp, signal }
  const { path, heard, level } = await withPieceThreads(1, ([thread]) =>
    encodeAac(pcm, { ...encoding, thread: thread as PieceThread }),
  )
  return {
    path,
    level,
    lufs: heard.lufs,
    peakDbtp: heard.peakDbtp,
    channels: pcm.channels,
    sampleRateHz,
    durationSeconds: pcm.samples / sampleRateHz,
  }
}
