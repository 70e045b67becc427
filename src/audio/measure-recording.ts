import { type Measured, measurePcm } from './measure.ts'
import { probeRecording } from './probe.ts'
import { spoolPcm } from './spool.ts'

/** Loudness and true peak of any recording. Throws as `probeRecording` and `spoolPcm` do. */
export async function measureRecording(
  source: string,
  { folder, longestSeconds, signal }: Readonly<{ folder: string; longestSeconds: number; signal: AbortSignal }>,
): Promise<Pick<Measured, 'lufs' | 'peakDbtp'>> {
  const recording = await probeRecording(source, { signal })
  const pcm = await spoolPcm(source, recording, { folder, longestSeconds, signal, onProgress: () => {} })
  return measurePcm(pcm, { threads: 1, signal, onProgress: () => {} })
}
