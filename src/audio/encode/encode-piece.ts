import { rm } from 'node:fs/promises'
import { runFfmpeg } from '../ffmpeg/ffmpeg.ts'
import type { Level } from '../loudness/level.ts'
import { sampleRateHz } from '../pcm/grid.ts'
import type { Pcm } from '../pcm/pcm.ts'
import type { PieceThread } from '../piece-threads.ts'
import type { Draft } from './draft.ts'
import { encoderGainDb } from './encoder.ts'

type Options = Readonly<{
  bitrateKbps: number
  level: Level
  /** Renders the samples. */
  thread: PieceThread
  signal: AbortSignal
  /** Seconds of this piece that are done. */
  onProgress(seconds: number): void
}>

/**
 * Encodes a piece as CBR MP3 frames, without tags and without a bit reservoir, so that each frame stands for itself. There are
 * `framesBefore` more at its beginning, and a few more at its end unless it is the last. The samples go to ffmpeg by a file: through a
 * pipe they took a tenth of the encode's time.
 */
export async function encodePiece(pcm: Pcm, { path, range, peaks }: Draft, options: Options): Promise<void> {
  const { bitrateKbps, level, thread, signal, onProgress } = options
  const samples = `${path}.f32`
  const codec = ['-c:a', 'libmp3lame', '-b:a', `${bitrateKbps}k`, '-reservoir', '0']
  const bare = ['-f', 'mp3', '-write_xing', '0', '-id3v2_version', '0', '-write_id3v1', '0']
  try {
    const rendering = { level, peaks, encoderGainDb: encoderGainDb(bitrateKbps) }
    await thread.ask('renderPcm', [pcm, range, samples, rendering], signal)
    await runFfmpeg(
      { samples, channels: pcm.channels, sampleRateHz },
      (command) => command.output(path).outputOptions(...codec, ...bare),
      { signal, onProgress },
    )
  } finally {
    await rm(samples, { force: true })
  }
}
