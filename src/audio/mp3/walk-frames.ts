import { open } from 'node:fs/promises'
import { fillBuffer } from '../read-bytes.ts'
import { skipId3 } from './mp3-header.ts'
import { type MpegFrame, parseMpegFrame } from './mpeg-frame.ts'

/** Whole frames of one sample rate, each right behind the one before. */
export type FrameRun = Readonly<{
  /** Of its first byte in the file. */
  position: number
  bytes: Buffer
  frames: readonly MpegFrame[]
}>

const chunkBytes = 1 << 20
/** So many headers in a row, each where the one before says, do not come by chance. */
const framesInRow = 8
/** More than such a row takes: so much is always read ahead. */
const rowBytes = 16 * 1024

/**
 * The layer III frames of a file in order, in runs of 1 MiB at most: a run that begins behind the end of the last one shows
 * that something else stands between. ID3v2 tags in front, junk, tags behind and a cut-off last frame are left out. Memory,
 * and time for each byte, are bounded whatever the file holds. A run's bytes are overwritten when the next is asked for.
 */
export async function* walkFrames(path: string, { signal }: { signal?: AbortSignal } = {}): AsyncGenerator<FrameRun> {
  const file = await open(path)
  try {
    let position = await skipId3(file)
    let rateHz: number | undefined
    const buffer = Buffer.alloc(chunkBytes)
    for (let isEnd = false; !isEnd; ) {
      signal?.throwIfAborted()
      const bytes = await fillBuffer(file, buffer, position)
      isEnd = bytes.length < chunkBytes
      const stop = isEnd ? bytes.length : chunkBytes - rowBytes
      let at = 0
      while (at < stop) {
        const start = rateHz && rateAt(bytes, at) === rateHz ? at : findRow(bytes, at, stop)
        const frames = start < stop ? takeFrames(bytes, start) : []
        rateHz = frames[0]?.sampleRateHz
        at = start + lengthOf(frames)
        if (frames.length > 0) yield { position: position + start, bytes: bytes.subarray(start, at), frames }
      }
      position += at
    }
  } finally {
    await file.close()
  }
}

const rateAt = (bytes: Buffer, at: number) => parseMpegFrame(bytes, at)?.sampleRateHz

/** Where the next frames begin, or `stop`. */
function findRow(bytes: Buffer, from: number, stop: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at < stop; at = bytes.indexOf(0xff, at + 1)) {
    if (isRow(bytes, at)) return at
  }
  return stop
}

/** A row may be shorter where the file ends, or a tag or a cut-off frame that the file ends with. */
function isRow(bytes: Buffer, start: number): boolean {
  const rateHz = rateAt(bytes, start)
  let at = start
  for (let count = 0; count < framesInRow; count++) {
    const frame = parseMpegFrame(bytes, at)
    if (!frame || frame.sampleRateHz !== rateHz) return count > 0 && isTail(bytes, at)
    const isCutOff = at + frame.bytes > bytes.length
    if (isCutOff) return count > 0
    at += frame.bytes
  }
  return true
}

/** ID3v1, APEv2 and Lyrics3 stand behind the last frame. */
function isTail(bytes: Buffer, at: number): boolean {
  if (at === bytes.length) return true
  // The first letter alone says no to nearly all: in some files, every place asks.
  const mayBe = tails.find((name) => name.charCodeAt(0) === bytes[at])
  return mayBe !== undefined && bytes.toString('latin1', at, at + mayBe.length) === mayBe
}

const tails = ['TAG', 'APETAGEX', 'LYRICSBEGIN']

function takeFrames(bytes: Buffer, start: number): MpegFrame[] {
  const frames: MpegFrame[] = []
  let at = start
  for (;;) {
    const frame = parseMpegFrame(bytes, at)
    const isNext = frame && at + frame.bytes <= bytes.length && frame.sampleRateHz === (frames[0] ?? frame).sampleRateHz
    if (!isNext) return frames
    frames.push(frame)
    at += frame.bytes
  }
}

/** Those of a run's frames that lie between two places, counted from its first; perhaps none. */
export function sliceRun({ position, bytes, frames }: FrameRun, from: number, to = Infinity): FrameRun {
  const first = Math.max(0, from)
  const taken = frames.slice(first, Math.max(first, to))
  const start = lengthOf(frames.slice(0, first))
  return { position: position + start, bytes: bytes.subarray(start, start + lengthOf(taken)), frames: taken }
}

const lengthOf = (frames: readonly MpegFrame[]) => frames.reduce((sum, frame) => sum + frame.bytes, 0)
