import type { SeekPoints } from './seek-points.ts'

type Stream = Readonly<{
  /** Of the audio frames, and of the tag frame in front of them. */
  bytes: number
  tagFrameBytes: number
  seekPoints: SeekPoints
}>

/** Byte i is the place, in 256ths of the stream with its tag frame, of the audio frame at i percent of the time. */
export function makeTableOfContents(stream: Stream): number[] {
  return places(stream).map((place) => Math.min(255, Math.floor(place)))
}

/** Encoders keep few positions: theirs are off by so many 256ths. */
const tolerance = 4

/** Whether a seek by that table comes out where it should. */
export function isTrueTableOfContents(table: Uint8Array, stream: Stream): boolean {
  const wanted = places(stream)
  return table.every((place, percent) => Math.abs(place - (wanted[percent] as number)) <= tolerance)
}

function places({ bytes, tagFrameBytes, seekPoints }: Stream): number[] {
  const total = tagFrameBytes + bytes
  return Array.from({ length: 100 }, (_, percent) => (256 * (tagFrameBytes + seekPoints.at(percent / 100))) / total)
}
