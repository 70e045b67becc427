import { decoderDelay, makeInfoFrame, type StreamFacts } from './info-frame.ts'
import { inspectMp3, type Mp3Inspection } from './inspect-mp3.ts'
import { walkAudio } from './walk-audio.ts'
import { type WrittenMp3, writeMp3 } from './write-mp3.ts'

type Options = Readonly<{
  /** The tag area, written first. */
  head: Buffer
  signal: AbortSignal
  /** Of the source, where it is known already. */
  inspection?: Mp3Inspection
}>

/**
 * Copies the audio frames of an MP3 bit for bit behind a new tag area; all tags and junk of the source are left out. Its
 * Xing or Info frame is kept as it is if it is right, and a right one is made if not, so that players can seek. It plays the
 * same samples as before. Throws an Error when there are no frames, or not of one sample rate and number of channels; may
 * leave a part of the target.
 */
export async function keepFrames(
  source: string,
  target: string,
  { head, signal, ...known }: Options,
): Promise<WrittenMp3> {
  const inspection = known.inspection ?? (await inspectMp3(source, { signal }))
  if (!inspection?.stream.isUniform) throw new Error(`${source} is not MP3 frames of one kind`)
  const { stream, tagFrame, isTagRight } = inspection
  const gapless = gaplessOf(inspection)

  const infoFrame = tagFrame && isTagRight ? tagFrame.bytes : makeInfoFrame({ ...stream, gapless })
  const written = await writeMp3(target, { head, infoFrame, runs: walkAudio(source, { signal }) })

  const { delay, padding } = gapless ?? { delay: 0, padding: 0 }
  const samples = Math.max(0, stream.samples - delay - padding)
  return { ...written, frames: stream.frames, durationSeconds: samples / stream.first.sampleRateHz }
}

/**
 * What the source says is carried over. Where its count of frames is wrong, its end is not the one that the encoder padded,
 * so nothing is cut there. Where it says nothing, nothing is claimed: a guess would cut off what was played before.
 */
function gaplessOf({ stream, tagFrame }: Mp3Inspection): StreamFacts['gapless'] {
  const gapless = tagFrame?.tag.gapless
  const isSameEnd = tagFrame?.tag.frames === stream.frames
  return gapless && (isSameEnd ? gapless : { ...gapless, padding: decoderDelay })
}
