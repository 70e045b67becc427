import { stat } from 'node:fs/promises'
import { FfmpegFailed, runFfmpeg } from '../ffmpeg/ffmpeg.ts'
import type { StrangersFile } from '../ffmpeg/safe-input.ts'
import type { Recording } from './probe.ts'
import { presentSeconds, readWavHeader } from './wav-header.ts'

type Stream = Pick<Recording, 'container' | 'skipBytes' | 'codec' | 'durationSeconds'>

/** An hour takes a fifth of a second. */
const limitSeconds = 60

/**
 * How long the sound is that a file holds, whatever its header says: a day of silence fits into a few megabytes that call
 * themselves a second. What the header says where that cannot be found out; perhaps undefined.
 */
export async function storedSeconds(
  path: string,
  stream: Stream,
  { signal }: { signal: AbortSignal },
): Promise<number | undefined> {
  const { container, codec, durationSeconds } = stream
  if (container === 'wav') {
    const seconds = presentSeconds(await readWavHeader(path), (await stat(path)).size)
    if (seconds !== undefined) return seconds
  }
  return codec.startsWith('pcm_') ? durationSeconds : await countSeconds({ path, ...stream }, signal)
}

/** By its packets, which are not decoded. */
async function countSeconds(
  file: StrangersFile & Pick<Stream, 'durationSeconds'>,
  signal: AbortSignal,
): Promise<number | undefined> {
  let seconds: number | undefined
  const onProgress = (made: number) => {
    seconds = made
  }
  try {
    const options = ['-map', '0:a:0', '-c', 'copy', '-f', 'null']
    await runFfmpeg(file, (command) => command.output('-').outputOptions(...options), {
      signal,
      onProgress,
      limitSeconds,
    })
    return seconds || file.durationSeconds
  } catch (error) {
    if (!(error instanceof FfmpegFailed)) throw error
    return file.durationSeconds
  }
}
