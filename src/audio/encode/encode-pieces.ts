import { rm } from 'node:fs/promises'
import { type FfmpegCommand, runFfmpeg } from '../ffmpeg/ffmpeg.ts'
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
  /** Seconds of each piece that are done. */
  onProgress(seconds: number): void
}>

/**
 * Encodes pieces as CBR MP3 frames, without tags and without a bit reservoir, so that each frame stands for itself. There are
 * `framesBefore` more at the beginning of each, and a few more at its end unless it is the last. One ffmpeg encodes them side by
 * side, because each start of one costs as much as two seconds of audio; the samples go to it by files: through a pipe they took a tenth
 * of the encode's time.
 */
export async function encodePieces(pcm: Pcm, drafts: readonly Draft[], options: Options): Promise<void> {
  const { level, thread, signal, onProgress } = options
  const rendering = { level, encoderGainDb: encoderGainDb(options.bitrateKbps) }
  try {
    for (const draft of drafts) {
      await thread.ask('renderPcm', [pcm, draft.range, samplesOf(draft), { ...rendering, peaks: draft.peaks }], signal)
    }
    await runFfmpeg(
      { samples: drafts.map(samplesOf), channels: pcm.channels, sampleRateHz },
      (command) => {
        for (const [input, draft] of drafts.entries()) addOutput(command, draft, { ...options, input })
      },
      { signal, onProgress },
    )
  } finally {
    await Promise.all(drafts.map((draft) => rm(samplesOf(draft), { force: true })))
  }
}

const samplesOf = ({ path }: Draft) => `${path}.f32`

function addOutput(
  command: FfmpegCommand,
  { path }: Draft,
  { input, bitrateKbps }: Readonly<{ input: number; bitrateKbps: number }>,
): void {
  const codec = ['-c:a', 'libmp3lame', '-b:a', `${bitrateKbps}k`, '-reservoir', '0']
  const bare = ['-f', 'mp3', '-write_xing', '0', '-id3v2_version', '0', '-write_id3v1', '0']
  command.output(path).outputOptions('-map', `${input}:a`, ...codec, ...bare)
}
