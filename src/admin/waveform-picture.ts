import type { Peaks } from '../shows/waveform.ts'
import { barsPath } from '../site/waveform-bars.ts'

const bars = 120

/** A waveform as an SVG document that is stretched to any size; its blue is seen on light and dark. */
export const waveformPicture = (peaks: Peaks): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${bars} 100" preserveAspectRatio="none">` +
  `<path fill="#4f86d9" d="${barsPath(peaks, bars)}"/></svg>`
