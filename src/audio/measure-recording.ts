import { type Measured, measurePcm } from './loudness/measure.ts'
import { spoolPcm } from './pcm/spool.ts'
import { probeRecording } from './recording/probe.ts'
import { drawWaveform } from './waveform.ts'

/** Loudness, true peak and waveform of any recording. Throws as `probeRecording` and `spoolPcm` do. */
export async function measureRecording(
  source: string,
  { folder, longestSeconds, signal }: Readonly<{ folder: string; longestSeconds: number; signal: AbortSignal }>,
): Promise<Pick<Measured, 'lufs' | 'peakDbtp'> & { waveform: number[] }> {
  const recording = await probeRecording(source, { signal })
  const pcm = await spoolPcm(source, recording, { folder, longestSeconds, signal, onProgress: () => {} })
  const { lufs, peakDbtp, parts } = await measurePcm(pcm, { threads: 1, signal, onProgress: () => {} })
  return { lufs, peakDbtp, waveform: drawWaveform(parts, 0) }
}
