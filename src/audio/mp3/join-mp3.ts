import { stat } from 'node:fs/promises'
import { decoderDelay, makeInfoFrame } from './info-frame.ts'
import { measureStream } from './measure-stream.ts'
import { type FrameRun, sliceRun, walkFrames } from './walk-frames.ts'
import { type WrittenMp3, writeMp3 } from './write-mp3.ts'

/** Frames only (no tags, no Info frame), of one bit rate, none of which needs bits of the one before (`-reservoir 0`). */
export type Mp3Piece = Readonly<{
  path: string
  /** So many at the start are dropped: the encoder's lead-in. */
  skipFrames: number
  /** So many are taken. Absent: all that follow. */
  frames?: number
}>

type Options = Readonly<{
  /** The tag area, written first. */
  head: Buffer
  sampleRateHz: number
  channels: 1 | 2
  bitrateKbps: number
  /** Of the whole recording, for one channel: what a gapless player plays. */
  samples: number
  signal: AbortSignal
}>

/** Samples that LAME puts in front. */
const encoderDelay = 576

/**
 * Makes one MP3 of pieces that were encoded apart: the tag area, an Info frame (which needs the whole, so the pieces are read
 * twice), and the frames. Throws an Error when a piece is not as it should be or the frames do not hold `samples`; may then
 * leave a part of the target.
 */
export async function joinMp3(pieces: readonly Mp3Piece[], target: string, options: Options): Promise<WrittenMp3> {
  const { head, samples, sampleRateHz } = options
  const stream = await measureStream(takePieces(pieces, options))
  if (!stream) throw new Error('There are no layer III frames in the pieces')
  const gapless = { delay: encoderDelay, padding: stream.samples - encoderDelay - samples }
  if (gapless.padding < decoderDelay || gapless.padding > 0xfff) {
    throw new Error(`${stream.frames} frames cannot be the encoding of ${samples} samples`)
  }
  const infoFrame = makeInfoFrame({ ...stream, gapless })
  const written = await writeMp3(target, { head, infoFrame, runs: takePieces(pieces, options) })
  return { ...written, frames: stream.frames, durationSeconds: samples / sampleRateHz }
}

async function* takePieces(pieces: readonly Mp3Piece[], options: Options) {
  for (const piece of pieces) yield* takePiece(piece, options)
}

async function* takePiece({ path, skipFrames, frames = Infinity }: Mp3Piece, options: Options) {
  let seen = 0
  let end = 0
  for await (const run of walkFrames(path, options)) {
    if (run.position !== end) throw new Error(`${path} has something else than frames at ${end}`)
    refuseOthers(path, run, options)
    const taken = sliceRun(run, skipFrames - seen, skipFrames + frames - seen)
    if (seen <= skipFrames && taken.frames.length > 0) refuseReservoir(path, taken)
    yield taken
    seen += run.frames.length
    end += run.bytes.length
  }
  if (end !== (await stat(path)).size) throw new Error(`${path} has something else than frames at ${end}`)
  const wanted = skipFrames + (frames === Infinity ? 1 : frames)
  if (seen < wanted) throw new Error(`${path} has ${seen} frames, but ${wanted} are needed`)
}

function refuseOthers(path: string, run: FrameRun, { sampleRateHz, channels, bitrateKbps }: Options): void {
  const isOther = (frame: FrameRun['frames'][number]) =>
    frame.sampleRateHz !== sampleRateHz || frame.channels !== channels || frame.bitrateKbps !== bitrateKbps
  if (run.frames.some(isOther))
    throw new Error(`${path} is not ${bitrateKbps} kb/s, ${sampleRateHz} Hz, ${channels} channels`)
}

/** ISO 11172-3 §2.4.1.7: main_data_begin, 9 bits behind the header and its checksum, points back into frames before. */
function refuseReservoir(path: string, { bytes }: Pick<FrameRun, 'bytes'>): void {
  const hasChecksum = (bytes.readUInt8(1) & 1) === 0
  const mainDataBegin = bytes.readUInt16BE(hasChecksum ? 6 : 4) >>> 7
  if (mainDataBegin !== 0) throw new Error(`${path} was encoded with a bit reservoir`)
}
