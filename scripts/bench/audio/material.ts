import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { run } from '../../sample/programs.ts'
import { writeMusic } from './music.ts'

/** WAV files, 44.1 kHz stereo float, a minute or so each: what the recordings are cut and mixed from. */
export type Material = Readonly<{ host: string; guest: string; music: string }>

const sample = path.resolve('media/sample')

/** Two speakers out of the sample show, with sibilants again where its old receiver cut them off, and a piece of music. */
export async function makeMaterial(folder: string): Promise<Material> {
  const shelf = path.join(folder, 'material')
  const part = (name: string) => path.join(shelf, `${name}.wav`)
  await mkdir(shelf)
  await brighten(path.join(sample, 'episode-1.ogg'), part('host'))
  await brighten(path.join(sample, 'episode-2.m4a'), part('guest'))
  await writeMusic(part('music'))
  return { host: part('host'), guest: part('guest'), music: part('music') }
}

async function brighten(source: string, target: string): Promise<void> {
  const filters = 'aexciter=amount=2:drive=8:freq=5200,aresample=44100'
  const output = ['-map', '0:a', '-af', filters, '-ac', '2', '-c:a', 'pcm_f32le', target]
  await run('ffmpeg', ['-v', 'error', '-y', '-i', source, ...output])
}
