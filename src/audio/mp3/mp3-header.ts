import { type FileHandle, open } from 'node:fs/promises'
import { readBytes } from '../read-bytes.ts'
import { type MpegFrame, parseMpegFrame } from './mpeg-frame.ts'
import { parseStreamTag } from './stream-tag.ts'

export type Mp3Header = Readonly<{
  /** Bytes before the first frame: the ID3v2 tags. */
  headerBytes: number
  frame: MpegFrame
  /** What the encoder wrote about the whole stream, when it did. */
  stream?: Readonly<{
    /** Samples without the encoder's delay and padding: what a gapless player plays. */
    samples: number
    /** Bytes from the first frame to the last. */
    bytes?: number
  }>
}>

/** Reads the first frame and its Xing or Info tag. Undefined when no layer III frame stands right after the ID3v2 tags. */
export async function readMp3Header(path: string): Promise<Mp3Header | undefined> {
  const file = await open(path)
  try {
    const headerBytes = await skipId3(file)
    const start = await readBytes(file, headerBytes, 1024)
    const frame = parseMpegFrame(start, 0)
    return frame && { headerBytes, frame, stream: describeStream(start, frame) }
  } finally {
    await file.close()
  }
}

/** Bytes of the ID3v2 tags at the start of a file. */
export async function countId3Bytes(path: string): Promise<number> {
  const file = await open(path)
  try {
    return await skipId3(file)
  } finally {
    await file.close()
  }
}

/** A file may be nothing but empty tags: each costs a read. */
const mostId3Tags = 64

/** Bytes of the ID3v2 tags in front. ID3v2.4 structure §3.1: the size is 28 bits in four bytes, without this header and the footer. */
export async function skipId3(file: FileHandle): Promise<number> {
  let position = 0
  for (let tags = 0; tags < mostId3Tags; tags++) {
    const header = await readBytes(file, position, 10)
    if (header.length < 10 || header.toString('latin1', 0, 3) !== 'ID3') break
    const size = [6, 7, 8, 9].reduce((sum, index) => sum * 128 + (header.readUInt8(index) & 127), 0)
    const hasFooter = header.readUInt8(5) & 0x10
    position += 10 + size + (hasFooter ? 10 : 0)
  }
  return position
}

function describeStream(start: Buffer, frame: MpegFrame): Mp3Header['stream'] {
  const tag = parseStreamTag(start, frame)
  if (!tag?.frames || tag.kind === 'VBRI') return
  const { delay, padding } = tag.gapless ?? { delay: 0, padding: 0 }
  return { samples: Math.max(0, tag.frames * frame.samples - delay - padding), bytes: tag.bytes }
}
