import { mkdtemp, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { invalid } from '../core/errors.ts'
import { type Mp3Tags, tagArea } from './id3/tag-area.ts'
import { keepAudio } from './keep-audio.ts'
import { type Measured, measurePcm } from './loudness/measure.ts'
import { type Form, type MadeMp3, makeMp3 } from './make-mp3.ts'
import { sampleRateHz } from './pcm/grid.ts'
import type { Pcm } from './pcm/pcm.ts'
import { spoolPcm } from './pcm/spool.ts'
import { readPart } from './read-bytes.ts'
import type { RecordedChapter } from './recording/chapter.ts'
import { probeRecording, type Recording } from './recording/probe.ts'
import { readChapters } from './recording/read-chapters.ts'
import { readTags } from './recording/read-tags.ts'
import { recogniseRecording } from './recording/recognise.ts'
import { refuseCutOff } from './recording/refuse-cut-off.ts'
import { refuseUnusable } from './recording/refuse-unusable.ts'
import type { Tags } from './recording/tidy-tags.ts'
import { drawWaveform } from './waveform.ts'

/** What a recording says about itself. */
export type Recorded = Readonly<{ tags: Tags; chapters: readonly RecordedChapter[]; durationSeconds: number }>

type Options = Readonly<{
  /** An existing folder; the result is written into it. */
  folder: string
  /** The name under which the recording was uploaded, for sentences. */
  filename: string
  stereo: Form
  mono: Form
  /** Its audio frames are to stay as they are, if they can. */
  keepAudio: boolean
  longestSeconds: number
  threads: number
  /** What the published file says about itself. */
  describe(recorded: Recorded): Promise<Mp3Tags>
  signal: AbortSignal
  /** Fractions are 0 to 1. */
  onStage(stage: 'probing' | 'measuring' | 'encoding', fraction: number): void
}>

export type Produced = MadeMp3 &
  Readonly<{
    type: 'audio/mpeg'
    source: Recording
    /** Of the recording, LUFS and dBTP; minus infinity for silence. */
    sourceLufs: number
    sourcePeakDbtp: number
    /** See `drawWaveform`. */
    waveform: readonly number[]
    recorded: Recorded
    /** Sentences for the podcaster: what could not be done as asked. */
    warnings: readonly string[]
  }>

/**
 * Turns a recording into the MP3 that is published. The same recording and options give the same bytes. Throws `invalid`
 * with a sentence for the podcaster, or the signal's reason; then nothing is left in the folder but what was there.
 */
export async function produceAudio(source: string, options: Options): Promise<Produced> {
  const work = await mkdtemp(path.join(options.folder, 'produce-'))
  try {
    const produced = await produceIn(work, source, options)
    const target = path.join(options.folder, 'published.mp3')
    await rename(produced.path, target)
    return { ...produced, path: target }
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

async function produceIn(work: string, source: string, options: Options): Promise<Produced> {
  const { signal, onStage } = options
  onStage('probing', 0)
  await refuseForeign(source, options.filename)
  const recording = await probeRecording(source, { signal })

  const reading = readTags(source, { signal })
  const [tags, { pcm, measured }] = await Promise.all([reading, hear(work, source, recording, options)])
  const durationSeconds = pcm.samples / sampleRateHz
  const { container, skipBytes } = recording
  const chapters = await readChapters(source, { signal, container, skipBytes, durationSeconds })
  const recorded = { tags, chapters, durationSeconds }

  const head = tagArea(await options.describe(recorded))
  const made = await finish(work, { source, recording, pcm, measured, head }, options)
  return {
    ...made,
    type: 'audio/mpeg',
    source: recording,
    sourceLufs: measured.lufs,
    sourcePeakDbtp: measured.peakDbtp,
    waveform: drawWaveform(measured.parts, made.level.gainDb),
    recorded,
    warnings: options.keepAudio && !made.isKept ? [notKept] : [],
  }
}

async function refuseForeign(source: string, filename: string): Promise<void> {
  const recognition = await recogniseRecording(await readPart(source, 0, 64 * 1024), filename)
  if (recognition.kind === 'refused') throw invalid(recognition.reason)
}

/** Of the time before the encode, when a recording must be decoded first. */
const spoolShare = 0.7

type Heard = Readonly<{ pcm: Pcm; measured: Measured }>

async function hear(work: string, source: string, recording: Recording, options: Options): Promise<Heard> {
  const { longestSeconds, threads, signal, onStage } = options
  onStage('measuring', 0)
  const onSpooled = (fraction: number) => onStage('measuring', fraction * spoolShare)
  const pcm = await spoolPcm(source, recording, { folder: work, longestSeconds, signal, onProgress: onSpooled })
  refuseCutOff(pcm.samples / sampleRateHz, recording.declaredSeconds)
  const onMeasured = (fraction: number) => onStage('measuring', spoolShare + fraction * (1 - spoolShare))
  const measured = await measurePcm(pcm, { threads, signal, onProgress: onMeasured })
  refuseUnusable(measured.unusable, { ...pcm, codec: recording.codec })
  return { pcm, measured }
}

type Finishing = Heard & Readonly<{ source: string; recording: Recording; head: Buffer }>

/** Keeps the audio of an MP3 where that is asked for or best; else encodes. */
async function finish(
  work: string,
  { source, recording, pcm, measured, head }: Finishing,
  { stereo, mono, keepAudio: isAsked, threads, signal, onStage }: Options,
): Promise<MadeMp3> {
  onStage('encoding', 0)
  const form = pcm.channels === 1 ? mono : stereo
  const options = { folder: work, form, head, signal }
  const isMp3 = recording.container === 'mp3'
  const kept = isMp3 ? await keepAudio(source, measured, { ...options, isAsked }) : undefined
  const onProgress = (fraction: number) => onStage('encoding', fraction)
  const made = kept ?? (await makeMp3(pcm, measured, { ...options, threads, onProgress }))
  onStage('encoding', 1)
  return made
}

const notKept =
  'The audio could not be kept as it is, because it is not an MP3 of one piece: it was encoded. To keep it, upload an MP3.'
