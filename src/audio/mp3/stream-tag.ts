import type { MpegFrame } from './mpeg-frame.ts'

/** What the silent frame in front says about its stream: Xing (`Info` when CBR) with LAME's extension, or Fraunhofer's VBRI. */
export type StreamTag = Readonly<{
  kind: 'Xing' | 'Info' | 'VBRI'
  /** Mostly, but not with every encoder, without this frame. */
  frames?: number
  /** Mostly, but not with every encoder, with this frame. */
  bytes?: number
  /** 100 places, in 256ths of the bytes. */
  tableOfContents?: Buffer
  /** Samples that the encoder added at the start and the end. */
  gapless?: Readonly<{ delay: number; padding: number }>
}>

/** Reads the tag in a frame. Undefined when there is none: it is an audio frame. */
export function parseStreamTag(bytes: Buffer, frame: MpegFrame): StreamTag | undefined {
  return parseXing(bytes.subarray(4 + frame.sideBytes)) ?? parseVbri(bytes.subarray(36))
}

/** gabriel.mp3-tech.org/mp3infotag.html: four flags say which fields there are. */
function parseXing(tag: Buffer): StreamTag | undefined {
  const kind = tag.toString('latin1', 0, 4)
  if ((kind !== 'Xing' && kind !== 'Info') || tag.length < 120) return
  const flags = tag.readUInt32BE(4)
  const lengths = [4, 4, 100, 4].map((length, bit) => (flags & (1 << bit) ? length : 0))
  const starts = lengths.map((_, index) => 8 + sum(lengths.slice(0, index)))
  const [frames, bytes, tableOfContents] = lengths.map((length, index) => {
    const start = starts[index] as number
    return length > 0 ? Buffer.from(tag.subarray(start, start + length)) : undefined
  })
  return {
    kind,
    frames: frames?.readUInt32BE(),
    bytes: bytes?.readUInt32BE(),
    tableOfContents,
    gapless: parseGapless(tag.subarray(8 + sum(lengths))),
  }
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)

/** What others than these write there is not to be believed. */
function parseGapless(extension: Buffer): StreamTag['gapless'] {
  if (extension.length < 24 || !/^(LAME|Lav[cf]|L3\.99)/.test(extension.toString('latin1', 0, 5))) return
  const trims = extension.readUIntBE(21, 3)
  return { delay: trims >>> 12, padding: trims & 0xfff }
}

function parseVbri(tag: Buffer): StreamTag | undefined {
  if (tag.toString('latin1', 0, 4) !== 'VBRI' || tag.length < 18) return
  return { kind: 'VBRI', bytes: tag.readUInt32BE(10), frames: tag.readUInt32BE(14) }
}
