import { readFile, rm } from 'node:fs/promises'
import { run } from '../../sample/programs.ts'

/** Of a stereo file, as ffmpeg decodes it: without the encoder's delay and padding. */
export type Passages = Readonly<{
  /** Of the whole file, in each channel. */
  samples: number
  /** Around each place, left and right in turns. */
  windows: readonly Float32Array[]
}>

/** 50 ms at 44.1 kHz. */
const halfWindow = 2205
const bytesPerWindow = 2 * halfWindow * 2 * Float32Array.BYTES_PER_ELEMENT

/** Decodes a file once, and keeps 50 ms before and after each of those samples. */
export async function readPassages(file: string, places: readonly number[]): Promise<Passages> {
  const raw = `${file}.windows`
  const names = places.map((_, index) => `[place${index}]`)
  const windows = places.map((place, index) => {
    const range = `start_sample=${place - halfWindow}:end_sample=${place + halfWindow}`
    return `${names[index]}atrim=${range},asetpts=N/SR/TB[window${index}]`
  })
  const joined = `${names.map((_, index) => `[window${index}]`).join('')}concat=n=${places.length}:v=0:a=1[windows]`
  const whole = '[whole]astats=measure_perchannel=none[counted]'
  const graph = [`[0:a]asplit=${places.length + 1}${names.join('')}[whole]`, ...windows, joined, whole].join(';')
  const outputs = ['-map', '[windows]', '-f', 'f32le', raw, '-map', '[counted]', '-f', 'null', '-']
  const said = await run('ffmpeg', ['-hide_banner', '-nostats', '-i', file, '-filter_complex', graph, ...outputs])
  const { buffer } = new Uint8Array(await readFile(raw))
  await rm(raw)
  return {
    samples: Number(/Number of samples: (\d+)/.exec(said)?.[1]),
    windows: places.map((_, index) => new Float32Array(buffer, index * bytesPerWindow, 4 * halfWindow)),
  }
}

/** How far the difference lies below the original, once the copy's gain is taken out (least squares). */
export function signalToNoiseDb(original: Float32Array, copy: Float32Array): number {
  const gain = dot(original, copy) / dot(original, original)
  const noise = copy.map((sample, index) => sample - gain * (original[index] ?? 0))
  return 10 * Math.log10((gain ** 2 * dot(original, original)) / dot(noise, noise))
}

const dot = (one: Float32Array, other: Float32Array) =>
  one.reduce((sum, sample, index) => sum + sample * (other[index] ?? 0), 0)
