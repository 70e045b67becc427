import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Loudness, measureLoudness } from './loudness.ts'
import { run } from './programs.ts'
import { type Stereo, sampleRateHz } from './sound.ts'

type Encoding = Readonly<{ folder: string; output: string; channels: 1 | 2; codec: readonly string[]; cover?: string }>

const targetLufs = -16
const ceilingDbtp = -1.5
// Codecs overshoot: the limiter holds back more than the ceiling asks for.
const limiter = 'alimiter=limit=-4.5dB:attack=4:release=80:level=false'

/** Writes the mix as a file of -16 LUFS, and gives back what was measured on that file. Throws if it misses the target. */
export async function writeRecording(
  mix: Stereo,
  { folder, output, channels, codec, cover }: Encoding,
): Promise<Loudness> {
  const raw = path.join(folder, 'mix.f32')
  await writeFile(raw, interleaved(mix))
  const source = ['-f', 'f32le', '-ar', String(sampleRateHz), '-ac', '2', '-i', raw]
  // A recording of one channel is measured as one channel, so it is mixed down before.
  const down = channels === 1 ? 'pan=mono|c0=0.5*c0+0.5*c1,' : ''
  const chain = await levelled(source, down)
  const picture = cover
    ? ['-i', cover, '-map', '0:a', '-map', '1:v', '-c:v', 'copy', '-disposition:v', 'attached_pic']
    : []
  const reproducible = ['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:a', '+bitexact']
  await run('ffmpeg', ['-v', 'error', '-y', ...source, ...picture, '-af', chain, ...reproducible, ...codec, output])
  return checked(await measureLoudness(['-i', output]), output)
}

function interleaved({ left, right }: Stereo): Float32Array {
  return Float32Array.from({ length: left.length * 2 }, (_, index) => (index % 2 ? right : left)[index >> 1] ?? 0)
}

/** The limiter takes some loudness away, so the gain is looked for step by step. */
async function levelled(source: readonly string[], down: string): Promise<string> {
  let gainDb = 0
  for (let look = 0; look < 8; look++) {
    const missing = targetLufs - (await measureLoudness(source, chainOf(down, gainDb))).integratedLufs
    if (Math.abs(missing) <= 0.1) break
    gainDb += missing
  }
  return chainOf(down, gainDb)
}

const chainOf = (down: string, gainDb: number) => `${down}volume=${gainDb.toFixed(2)}dB,${limiter}`

function checked(loudness: Loudness, output: string): Loudness {
  const { integratedLufs, truePeakDbtp } = loudness
  if (Math.abs(integratedLufs - targetLufs) > 0.5 || truePeakDbtp > ceilingDbtp) {
    throw new Error(`${output} came out at ${integratedLufs} LUFS with a peak of ${truePeakDbtp} dBTP`)
  }
  return loudness
}
