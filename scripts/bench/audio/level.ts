import { rm } from 'node:fs/promises'
import { measureLoudness } from '../../sample/loudness.ts'
import { run } from '../../sample/programs.ts'

type Options = Readonly<{
  /** ffmpeg's options that come before the output and leave one stream of sound. */
  source: readonly string[]
  /** Integrated loudness that the recording gets, LUFS; what is then above full scale is clipped. Without it: as it comes. */
  lufs?: number
  /** Without them: 16 bit. */
  codec?: readonly string[]
}>

/** Renders what ffmpeg is told to, and writes it as a WAV of that loudness. */
export async function writeLevelled(
  target: string,
  { source, lufs, codec = ['-c:a', 'pcm_s16le'] }: Options,
): Promise<void> {
  const raw = `${target}.float.wav`
  await run('ffmpeg', ['-v', 'error', '-y', ...source, '-c:a', 'pcm_f32le', '-rf64', 'auto', raw])
  const gainDb = lufs === undefined ? 0 : lufs - (await measureLoudness(['-i', raw])).integratedLufs
  await run('ffmpeg', ['-v', 'error', '-y', '-i', raw, '-af', `volume=${gainDb.toFixed(2)}dB`, ...codec, target])
  await rm(raw)
}
