import { Readable } from 'node:stream'
import { runFfmpeg } from '../ffmpeg/ffmpeg.ts'
import type { Level } from '../loudness/level.ts'
import { frameSamples, type Piece, sampleRateHz } from '../pcm/grid.ts'
import type { Pcm } from '../pcm/pcm.ts'
import { renderPcm, type SlotPeaks } from '../pcm/render.ts'
import { encoderGainDb, leadInFrames, leadOutFrames } from './encoder.ts'

type Options = Readonly<{
  bitrateKbps: number
  level: Level
  peaks: SlotPeaks
  signal: AbortSignal
  /** Seconds of this piece that are done. */
  onProgress(seconds: number): void
}>

/** Frames of an encoded piece that come before it. */
export const framesBefore = ({ start }: Pick<Piece, 'start'>): number => (start === 0 ? 0 : leadInFrames)

/** The samples that are encoded for a piece: with those before and after it that the encoder needs. */
export const encodedRange = (piece: Piece, samples: number): Readonly<{ start: number; end: number }> => ({
  start: piece.start - framesBefore(piece) * frameSamples,
  end: Math.min(samples, piece.end + (piece.isLast ? 0 : leadOutFrames * frameSamples)),
})

/**
 * Encodes a piece as CBR MP3 frames, without tags and without a bit reservoir, so that each frame stands for itself. There are
 * `framesBefore` more at its beginning, and a few more at its end unless it is the last.
 */
export async function encodePiece(pcm: Pcm, piece: Piece, target: string, options: Options): Promise<void> {
  const { bitrateKbps, level, peaks, signal, onProgress } = options
  const { start, end } = encodedRange(piece, pcm.samples)
  const rendering = renderPcm(pcm, start, end, { level, peaks, encoderGainDb: encoderGainDb(bitrateKbps) })
  const samples = Readable.from(rendering, { objectMode: false })
  const codec = ['-c:a', 'libmp3lame', '-b:a', `${bitrateKbps}k`, '-reservoir', '0']
  const bare = ['-f', 'mp3', '-write_xing', '0', '-id3v2_version', '0', '-write_id3v1', '0']
  try {
    await runFfmpeg(
      { samples, channels: pcm.channels, sampleRateHz },
      (command) => command.output(target).outputOptions(...codec, ...bare),
      { signal, onProgress },
    )
  } finally {
    samples.destroy()
  }
}
