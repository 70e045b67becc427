import { stat } from 'node:fs/promises'
import { makeInfoFrame } from './info-frame.ts'
import { measureStream } from './measure-stream.ts'
import { type FrameRun, sliceRun, walkFrames } from './walk-frames.ts'
import { writeMp3 } from './write-mp3.ts'

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

export type JoinedMp3 = Readonly<{
  bytes: number
  /** Bytes before the first frame, the Info frame. */
  headerBytes: number
  /** Hex. */
  sha256: string
  /** Without the Info frame. */
  frames: number
  /** To the sample, as a gapless player plays it. */
  durationSeconds: number
}>

/** LAME's own delay, of a decoder 529 more: so much padding at least is needed for the last sample to come out. */
const encoderDelay = 576
const decoderDelay = 529

/**
 * Makes one MP3 of pieces that were encoded apart: the tag area, an Info frame (which needs the whole, so the pieces are read
 * twice), and the frames. Throws an Error when a piece is not as it should be or the frames do not hold `samples`; may then
 * leave a part of the target.
 */
export async function joinMp3(pieces: readonly Mp3Piece[], target: string, options: Options): Promise<JoinedMp3> {
  const { head, samples, sampleRateHz } = options
  const stream = await measureStream(takePieces(pieces, options))
  if (!stream) throw new Error('There are no layer III frames in the pieces')
  const gapless = { delay: encoderDelay, padding: stream.samples - encoderDelay - samples }
  if (gapless.padding < decoderDelay || gapless.padding > 0xfff)
    throw new Error(`${stream.frames} frames cannot be the encoding of ${samples} samples`)

  const infoFrame = makeInfoFrame({ ...stream, gapless })

  async function* parts() {
    yield head
    yield infoFrame
    for await (const run of takePieces(pieces, options)) yield run.bytes
  }
  const written = await writeMp3(target, parts())
  return { ...written, headerBytes: head.length, frames: stream.frames, durationSeconds: samples / sampleRateHz }
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
