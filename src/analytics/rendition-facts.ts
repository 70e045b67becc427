/** What counting must know of a rendition; zero stands for what is not known. */
export type RenditionFacts = Readonly<{
  /** Of the whole file. */
  bytes: number
  /** Before the first byte of sound: the ID3 tag or another header. */
  headerBytes: number
  bitrateKbps: number
  durationSeconds: number
}>

const leastSeconds = 60

/**
 * How many bytes make a download (IAB 2.3 §5.5.3): the header and one minute of sound. All of the file where it is shorter than
 * that, or where its bit rate or header is not known.
 */
export function thresholdBytes({ bytes, headerBytes, bitrateKbps, durationSeconds }: RenditionFacts): number {
  if (durationSeconds < leastSeconds || bitrateKbps <= 0) return bytes
  return Math.min(bytes, headerBytes + Math.ceil((leastSeconds * bitrateKbps * 1000) / 8))
}
