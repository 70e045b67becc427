import { statSync } from 'node:fs'
import { toDb } from '../loudness/decibels.ts'
import { truePeak, truePeakMargin } from '../loudness/true-peak.ts'
import { frameSamples } from '../pcm/grid.ts'
import { openPcm, sampleBytes } from '../pcm/pcm.ts'

/** A frame, counted in the file, that is louder than it may be. */
export type LoudFrame = Readonly<{ frame: number; excessDb: number }>

type Options = Readonly<{
  channels: 1 | 2
  /** True peak, dBTP. */
  highestDbtp: number
}>

const framesAtOnce = 64

/** Finds the frames of decoded audio (interleaved 32-bit floats) that pass a true peak, in order. */
export function findPeaks(path: string, { channels, highestDbtp }: Options): LoudFrame[] {
  const samples = statSync(path).size / sampleBytes.f32le / channels
  const reader = openPcm({ path, offset: 0, encoding: 'f32le', channels, samples })
  const found: LoudFrame[] = []
  try {
    for (let frame = 0; frame * frameSamples < samples; frame += framesAtOnce) {
      const start = frame * frameSamples
      const heard = reader.read(start - truePeakMargin, start + framesAtOnce * frameSamples + truePeakMargin)
      for (let index = 0; index < framesAtOnce; index++) {
        const first = truePeakMargin + index * frameSamples
        const excessDb = toDb(highestPeak(heard, channels, first, first + frameSamples)) - highestDbtp
        if (excessDb > 0) found.push({ frame: frame + index, excessDb })
      }
    }
    return found
  } finally {
    reader.close()
  }
}

function highestPeak(samples: Float32Array, channels: number, first: number, last: number): number {
  let highest = 0
  for (let i = first * channels; i < last * channels; i++) highest = Math.max(highest, Math.abs(samples[i] as number))
  let peak = highest
  for (let channel = 0; channel < channels; channel++) {
    const run = { start: first * channels + channel, end: last * channels, step: channels }
    peak = Math.max(peak, truePeak(samples, run, highest))
  }
  return peak
}
