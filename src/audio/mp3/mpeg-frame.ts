/** The header of one MPEG audio layer III frame (ISO 11172-3 §2.4.2.3, ISO 13818-3). */
export type MpegFrame = Readonly<{
  bytes: number
  samples: number
  bitrateKbps: number
  sampleRateHz: number
  channels: 1 | 2
  /** Bytes of the side information, between the header and the place of a Xing tag. */
  sideBytes: number
}>

const bitrates1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
const bitrates2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
const sampleRates = [44_100, 48_000, 32_000]
/** By the two version bits: MPEG 2.5, reserved, 2, 1. */
const rateDivisors = [4, undefined, 2, 1]

/** The layer III frame whose header stands at that offset, or undefined when none does. Free format is not known. */
export function parseMpegFrame(bytes: Buffer, offset: number): MpegFrame | undefined {
  if (offset + 4 > bytes.length) return
  const header = bytes.readUInt32BE(offset)
  const isLayer3 = header >>> 21 === 0x7ff && ((header >>> 17) & 3) === 1
  const divisor = rateDivisors[(header >>> 19) & 3]
  const baseRate = sampleRates[(header >>> 10) & 3]
  const bitrateKbps = (divisor === 1 ? bitrates1 : bitrates2)[(header >>> 12) & 15]
  if (!isLayer3 || !divisor || !baseRate || !bitrateKbps) return

  const channels = ((header >>> 6) & 3) === 3 ? 1 : 2
  const sampleRateHz = baseRate / divisor
  const samples = divisor === 1 ? 1152 : 576
  const length = Math.floor((samples * bitrateKbps * 125) / sampleRateHz) + ((header >>> 9) & 1)
  const sideBytes = divisor === 1 ? [17, 32] : [9, 17]
  return { bytes: length, samples, bitrateKbps, sampleRateHz, channels, sideBytes: sideBytes[channels - 1] as number }
}
