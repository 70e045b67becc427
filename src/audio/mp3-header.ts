import { type FileHandle, open } from 'node:fs/promises'
import { type MpegFrame, parseMpegFrame } from './mpeg-frame.ts'
import { readBytes } from './read-bytes.ts'

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
    return frame && { headerBytes, frame, stream: parseStreamTag(start, frame) }
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

/** Xing tag with the LAME extension (gabriel.mp3-tech.org/mp3infotag.html): 4 flag bits say which fields there are. */
function parseStreamTag(start: Buffer, frame: MpegFrame): Mp3Header['stream'] {
  const tag = start.subarray(4 + frame.sideBytes)
  if (tag.length < 160 || !['Xing', 'Info'].includes(tag.toString('latin1', 0, 4))) return
  const flags = tag.readUInt32BE(4)
  const [hasFrames, hasBytes, hasToc, hasQuality] = [flags & 1, flags & 2, flags & 4, flags & 8]
  if (!hasFrames) return

  const lame = 12 + (hasBytes ? 4 : 0) + (hasToc ? 100 : 0) + (hasQuality ? 4 : 0)
  const isGapless = /^(LAME|Lav[cf]|L3\.99)/.test(tag.toString('latin1', lame, lame + 5))
  const trims = isGapless ? tag.readUIntBE(lame + 21, 3) : 0
  const [delay, padding] = [trims >>> 12, trims & 0xfff]
  return {
    samples: Math.max(0, tag.readUInt32BE(8) * frame.samples - delay - padding),
    bytes: hasBytes ? tag.readUInt32BE(12) : undefined,
  }
}
