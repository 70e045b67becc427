import { stat } from 'node:fs/promises'
import { FfprobeFailed, type ProbedFile, runFfprobe } from '../ffmpeg/ffprobe.ts'
import type { StrangersFile } from '../ffmpeg/safe-input.ts'
import { readMp3Header } from '../mp3/mp3-header.ts'
import type { Recording } from './probe.ts'
import { declaredSeconds, readWavHeader } from './wav-header.ts'

type Stream = Pick<Recording, 'container' | 'skipBytes' | 'codec' | 'durationSeconds'>

/** Containers whose header counts the samples; what ffprobe says of them is that count, or nothing. */
const counted = new Set(['flac', 'aiff', 'wv', 'ape', 'tta'])

/**
 * The seconds that a file's header firmly promises, so that less means that it was cut off. Undefined where there is no such
 * promise: estimates from a bit rate, and the placeholders of recorders that wrote to a pipe.
 */
export async function promisedDuration(
  path: string,
  stream: Stream,
  { signal }: { signal: AbortSignal },
): Promise<number | undefined> {
  const { container, codec, durationSeconds } = stream
  if (container === 'wav') return declaredSeconds(await readWavHeader(path))
  if (container === 'mp3') return promisedByXing(path)
  if (counted.has(container)) return durationSeconds
  if (container === 'mov' && codec.startsWith('pcm_')) return durationSeconds
  // The length on the timeline counts pauses for which no sound was stored: it is no promise if all packets are there.
  if (container === 'mov') return (await lacksPackets({ path, ...stream }, signal)) ? durationSeconds : undefined
}

/** A tag whose bytes are all there does not tell that the file was cut off, but that the tag is wrong. */
async function promisedByXing(path: string): Promise<number | undefined> {
  const header = await readMp3Header(path)
  if (!header?.stream) return
  const { size } = await stat(path)
  const isWhole = header.stream.bytes !== undefined && size - header.headerBytes >= header.stream.bytes
  return isWhole ? undefined : header.stream.samples / header.frame.sampleRateHz
}

/** Fewer than the index lists. A fragmented file has no index of the whole. */
async function lacksPackets(file: StrangersFile, signal: AbortSignal): Promise<boolean> {
  const { streams } = await runFfprobe(file, { signal, countPackets: true }).catch(unlessFailed)
  return Number(streams?.[0]?.nb_read_packets) < Number(streams?.[0]?.nb_frames)
}

/** Packets that could not be counted in time are no reason to refuse a recording. */
function unlessFailed(error: unknown): ProbedFile {
  if (error instanceof FfprobeFailed) return {}
  throw error
}
