import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { run } from '../../sample/programs.ts'
import { addCues } from './cue-chunk.ts'
import type { Material } from './material.ts'
import { writeTalk } from './talk.ts'
import { eachOf, inWorkshop } from './workshop.ts'

const chapters = Array.from({ length: 12 }, (_, index) => ({
  atSeconds: index * 300,
  title: `Part ${index + 1}, as told on the night watch`,
}))

/**
 * Writes `hour.wav`: a talk show of an hour, 44.1 kHz stereo 16 bit, about -23 LUFS, with twelve chapter marks and some
 * 18 dB between loudness and peaks. No passage comes twice, so that all of it is as hard to encode as its beginning.
 */
export async function makeHour(folder: string, material: Material): Promise<string> {
  const hour = path.join(folder, 'hour.wav')
  await inWorkshop(folder, async (workshop) => {
    const parts = await eachOf(chapters, (_, index) => writePart(workshop, material, index))
    await join(workshop, parts, hour)
  })
  await addCues(hour, chapters)
  return hour
}

async function writePart(folder: string, material: Material, index: number): Promise<string> {
  const part = path.join(folder, `part-${index}.wav`)
  const lufs = -23.8 + ((index * 5) % 4) * 0.5
  await writeTalk(part, { material, seconds: 300, lufs, seed: index + 1 })
  return part
}

async function join(folder: string, parts: readonly string[], target: string): Promise<void> {
  const list = path.join(folder, 'parts.txt')
  await writeFile(list, parts.map((part) => `file '${part}'\n`).join(''))
  await run('ffmpeg', ['-v', 'error', '-y', '-f', 'concat', '-safe', '0', '-i', list, '-c', 'copy', target])
}
