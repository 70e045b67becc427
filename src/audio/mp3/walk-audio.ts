import { parseStreamTag, type StreamTag } from './stream-tag.ts'
import { type FrameRun, sliceRun, walkFrames } from './walk-frames.ts'

export type TagFrame = Readonly<{
  /** In the file. */
  position: number
  bytes: Buffer
  tag: StreamTag
}>

/** The first frame of a file, when it has no sound but says something about the stream. Undefined when it is audio. */
export async function findTagFrame(path: string, options: { signal: AbortSignal }): Promise<TagFrame | undefined> {
  for await (const { position, bytes, frames } of walkFrames(path, options)) {
    const [frame] = frames
    const tag = frame && parseStreamTag(bytes.subarray(0, frame.bytes), frame)
    return tag && { position, bytes: Buffer.from(bytes.subarray(0, frame.bytes)), tag }
  }
}

/** As `walkFrames`, without such a frame in front. A run may be empty. */
export async function* walkAudio(path: string, options: { signal: AbortSignal }): AsyncGenerator<FrameRun> {
  const tagFrame = await findTagFrame(path, options)
  for await (const run of walkFrames(path, options)) {
    yield run.position === tagFrame?.position ? sliceRun(run, 1) : run
  }
}
