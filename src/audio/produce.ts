import { rm } from 'node:fs/promises'
import path from 'node:path'
import { invalid } from '../core/errors.ts'
import { describeMp3, type Mp3Description } from './describe-mp3.ts'
import { encodeMp3, type Mp3Tags } from './encode-mp3.ts'
import { probeRecording, type Recording } from './probe.ts'
import { readHead } from './read-bytes.ts'
import { readTags, type Tags } from './read-tags.ts'
import { recogniseRecording } from './recognise.ts'
import { refuseCutOff } from './refuse-cut-off.ts'

type Options = Readonly<{
  /** An existing folder; the result is written into it. */
  folder: string
  /** The name under which the recording was uploaded, for sentences. */
  filename: string
  stereoKbps: number
  monoKbps: number
  /** What the published file says about itself, given what the recording said. */
  chooseTags(tags: Tags): Mp3Tags
  signal: AbortSignal
  /** Fractions are 0 to 1. */
  onStage(stage: 'probing' | 'encoding', fraction: number): void
}>

export type Produced = Mp3Description &
  Readonly<{
    path: string
    type: 'audio/mpeg'
    source: Recording
    tags: Tags
  }>

/**
 * Turns a recording into the MP3 that is published. The same recording and options give the same bytes. Throws `invalid`
 * with a sentence for the podcaster, or the signal's reason; then nothing is left in the folder but what was there.
 */
export async function produceAudio(source: string, options: Options): Promise<Produced> {
  const { folder, signal, onStage } = options
  const target = path.join(folder, 'published.mp3')
  try {
    onStage('probing', 0)
    await refuseForeign(source, options.filename)
    const recording = await probeRecording(source, { signal })
    const tags = await readTags(source)
    onStage('encoding', 0)
    const { decodedSeconds } = await encodeMp3(source, target, {
      ...encoding(recording, options),
      tags: options.chooseTags(tags),
      signal,
      onProgress: (fraction) => onStage('encoding', fraction),
    })
    refuseCutOff(decodedSeconds, recording.declaredSeconds)
    return { path: target, type: 'audio/mpeg', ...(await describeMp3(target)), source: recording, tags }
  } catch (error) {
    await rm(target, { force: true })
    throw error
  }
}

async function refuseForeign(source: string, filename: string): Promise<void> {
  const recognition = await recogniseRecording(await readHead(source, 64 * 1024), filename)
  if (recognition.kind === 'refused') throw invalid(recognition.reason)
}

/** One channel stays one; all else is mixed to two. */
function encoding({ container, durationSeconds, channels }: Recording, { stereoKbps, monoKbps }: Options) {
  const isMono = channels === 1
  return { container, durationSeconds, channels: isMono ? 1 : 2, bitrateKbps: isMono ? monoKbps : stereoKbps } as const
}
