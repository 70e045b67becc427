import { crc16 } from './crc16.ts'
import { type MpegFrame, parseMpegFrame } from './mpeg-frame.ts'
import type { SeekPoints } from './seek-points.ts'
import { makeTableOfContents } from './table-of-contents.ts'

/** What a silent frame in front says about the stream. */
export type StreamFacts = Readonly<{
  /** The four bytes that the first audio frame begins with. */
  header: Buffer
  isCbr: boolean
  /** Of all audio frames. */
  frames: number
  bytes: number
  crc: number
  /** From the first byte of the first audio frame. */
  seekPoints: SeekPoints
  /** Samples at the start and the end that the encoder added. Absent: nobody knows, and players play all. */
  gapless?: Readonly<{ delay: number; padding: number }>
}>

/** Samples by which a decoder is late: with that much padding, and no less, it plays a stream to its very end. */
export const decoderDelay = 529

const tagBytes = 156
/** Frames, bytes, table of contents and quality are there. */
const allFields = 0x0f
/** Players believe delay and padding only behind the name of an encoder that they know: LAME, Lavf or Lavc. */
const encoder = 'LAME3.100'

/**
 * The frame in front of a stream that makes it seekable and gapless: a Xing tag (`Info` where the bit rate is constant) with
 * the LAME extension (gabriel.mp3-tech.org/mp3infotag.html). As LAME does, the frames are counted without this one and the
 * bytes with it. Without gapless facts the extension is left out: an encoder's name would be a claim about its delay.
 */
export function makeInfoFrame(facts: StreamFacts): Buffer {
  const { header, sideBytes, bytes } = chooseHeader(facts.header)
  const frame = Buffer.alloc(bytes)
  header.copy(frame)
  const tag = frame.subarray(4 + sideBytes)
  const streamBytes = bytes + facts.bytes
  tag.write(facts.isCbr ? 'Info' : 'Xing', 'latin1')
  tag.writeUInt32BE(allFields, 4)
  tag.writeUInt32BE(facts.frames, 8)
  tag.writeUInt32BE(streamBytes, 12)
  tag.set(makeTableOfContents({ ...facts, tagFrameBytes: bytes }), 16)
  if (facts.gapless) {
    writeExtension(tag, facts, streamBytes)
    tag.writeUInt16BE(crc16(frame.subarray(0, 4 + sideBytes + tagBytes - 2)), tagBytes - 2)
  }
  return frame
}

/** The stream's own header without checksum or padding, at its bit rate or the next one that has room for the tag. */
function chooseHeader(first: Buffer): { header: Buffer } & Pick<MpegFrame, 'bytes' | 'sideBytes'> {
  const plain = ((first.readUInt32BE(0) | 0x1_0000) & ~0x200) >>> 0
  for (let index = (plain >>> 12) & 15; index < 15; index++) {
    const header = Buffer.alloc(4)
    header.writeUInt32BE(((plain & ~0xf000) | (index << 12)) >>> 0)
    const frame = parseMpegFrame(header, 0)
    if (frame && frame.bytes >= 4 + frame.sideBytes + tagBytes) return { ...frame, header }
  }
  throw new Error('No layer III frame of that kind has room for a Xing tag')
}

function writeExtension(tag: Buffer, { header, isCbr, gapless, crc }: StreamFacts, streamBytes: number): void {
  const { bitrateKbps = 0, sampleRateHz = 0 } = parseMpegFrame(header, 0) ?? {}
  const { delay = 0, padding = 0 } = gapless ?? {}
  const stereoMode = [1, 3, 2, 0][header.readUInt8(3) >>> 6] as number
  const sourceRate = sampleRateHz <= 32_000 ? 0 : sampleRateHz === 44_100 ? 1 : 2
  tag.write(encoder, 120, 'latin1')
  tag.writeUInt8(isCbr ? 1 : 0, 129)
  tag.writeUInt8(Math.min(255, bitrateKbps), 140)
  tag.writeUIntBE(delay * 4096 + padding, 141, 3)
  tag.writeUInt8((sourceRate << 6) | (stereoMode << 2), 144)
  tag.writeUInt32BE(streamBytes, 148)
  tag.writeUInt16BE(crc, 152)
}
