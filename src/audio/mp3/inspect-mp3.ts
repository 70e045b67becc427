import { type MeasuredStream, measureStream } from './measure-stream.ts'
import { isTrueTableOfContents } from './table-of-contents.ts'
import { findTagFrame, type TagFrame, walkAudio } from './walk-audio.ts'

export type Mp3Inspection = Readonly<{
  /** One sample rate, one number of channels, and nothing else between the frames: its frames can be published as they are. */
  isPlain: boolean
  /** Where the first frame (perhaps the tag frame) begins: behind ID3v2 tags and junk. */
  start: number
  /** Where the last whole frame ends: ID3v1, APEv2, Lyrics3, junk or a cut-off frame may follow. */
  end: number
  /** Places between frames where something else stands. */
  breaks: number
  averageKbps: number
  /** The audio frames, without the tag frame. */
  stream: MeasuredStream
  tagFrame?: TagFrame
  /** Whether a player can seek and know the length by it: counts and table are true, and `Xing` where the bit rate varies. */
  isTagRight: boolean
}>

/** Walks a whole MP3, some 400 MB a second. Undefined when it has no layer III frames with sound. */
export async function inspectMp3(
  path: string,
  { signal }: { signal: AbortSignal },
): Promise<Mp3Inspection | undefined> {
  const tagFrame = await findTagFrame(path, { signal })
  let [start, end] = tagFrame ? [tagFrame.position, tagFrame.position + tagFrame.bytes.length] : []
  let breaks = 0
  async function* watchedRuns() {
    for await (const run of walkAudio(path, { signal })) {
      start ??= run.position
      if (run.position !== (end ?? start)) breaks++
      end = run.position + run.bytes.length
      yield run
    }
  }
  const stream = await measureStream(watchedRuns())
  if (!stream || start === undefined || end === undefined) return
  const averageKbps = (stream.bytes * 8 * stream.first.sampleRateHz) / stream.samples / 1000
  return {
    isPlain: stream.isUniform && breaks === 0,
    start,
    end,
    breaks,
    averageKbps,
    stream,
    tagFrame,
    isTagRight: tagFrame ? isRight(tagFrame, stream) : false,
  }
}

/** Encoders do not agree whether the bytes are counted with the tag frame. */
function isRight({ tag, bytes }: TagFrame, stream: MeasuredStream): boolean {
  const streamBytes = bytes.length + stream.bytes
  const isCounted = tag.frames === stream.frames && (tag.bytes === streamBytes || tag.bytes === stream.bytes)
  const isNamed = tag.kind === 'Xing' || (tag.kind === 'Info' && stream.isCbr)
  const table = tag.tableOfContents
  const isSeekable = table !== undefined && isTrueTableOfContents(table, { ...stream, tagFrameBytes: bytes.length })
  return isCounted && isNamed && isSeekable
}
