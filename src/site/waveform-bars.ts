import type { Peaks } from '../shows/waveform.ts'

/** How much louder than quiet a loud passage is drawn: heard loudness is no straight line of the samples' height. */
const contrast = 1.4

/** Of a bar's place, what it fills. */
const width = 0.62

/** Even silence is a line. */
const leastHeight = 0.02

/** So many of the bars stay below the full height; the loudest, mostly jingles, are cut off there, so that speech is tall. */
const belowFull = 0.92

/**
 * The heights, 0 to 1, of so many bars for the whole audio. Each is the mean of what it stands for: after the loudness was
 * evened out nearly every minute has one full peak, and a picture of the highest alone would be one block.
 */
export function barHeights(peaks: Peaks, bars: number): number[] {
  const pairs = Math.floor(peaks.length / 2)
  const means = Array.from({ length: bars }, (_, bar) => {
    const first = Math.floor((bar * pairs) / bars)
    return meanHeight(peaks, first, Math.max(first + 1, Math.floor(((bar + 1) * pairs) / bars)))
  })
  const full = means.toSorted((a, b) => a - b)[Math.floor(bars * belowFull)] || Math.max(...means, 1)
  return means.map((mean) => Math.max(leastHeight, Math.min(1, mean / full) ** contrast))
}

/**
 * An SVG path of those bars, one unit of width each, around the middle of a height of 100. For `viewBox="0 0 bars 100"`,
 * stretched to any size.
 */
export function barsPath(peaks: Peaks, bars: number): string {
  return barHeights(peaks, bars)
    .map((height, bar) => {
      const tall = Math.round(height * 100)
      return `M${round(bar + (1 - width) / 2)} ${round(50 - tall / 2)}h${width}v${tall}h-${width}z`
    })
    .join('')
}

/** Half the way from lowest to highest, of the pairs from `first` to before `end`. */
function meanHeight(peaks: Peaks, first: number, end: number): number {
  let sum = 0
  for (let pair = first; pair < end; pair += 1) sum += (peaks[2 * pair + 1] ?? 0) - (peaks[2 * pair] ?? 0)
  return sum / 2 / (end - first)
}

const round = (value: number) => Math.round(value * 100) / 100
