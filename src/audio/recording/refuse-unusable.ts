import { invalid } from '../../core/errors.ts'
import { sampleRateHz } from '../pcm/grid.ts'
import type { Pcm, Unusable } from '../pcm/pcm.ts'

/** Longer is heard as a gap, and not as a click. */
const mostLostSeconds = 1

/**
 * Throws `invalid` for floats on another scale than ±1, a mistake of some programs (of other forms, what is so loud is damage), and
 * when more than a second, or half of a short recording, is no sound. A few samples that are no numbers are silent, and nobody hears it.
 */
export function refuseUnusable(
  unusable: Unusable,
  { codec, channels, samples }: Pick<Pcm, 'channels' | 'samples'> & { codec: string },
): void {
  if (/^pcm_f\d/.test(codec) && unusable.peak > 0) throw invalid(tooLoud(unusable.peak))
  const mostLost = Math.min(mostLostSeconds * sampleRateHz, samples / 2) * channels
  if (unusable.samples > mostLost) throw invalid(noSound)
}

const tooLoud = (times: number) =>
  `The samples of this recording are ${inWords(times)} times too loud (floats must lie between -1 and 1): export it again as ` +
  '16 or 24 bit, or as 32 bit float with normalised levels.'

const noSound =
  'Much of this recording is no sound: its samples are no numbers, or far beyond all levels, as after a fault of an effect in ' +
  'an audio editor. Listen to it there, and export it again as 16 or 24 bit.'

const inWords = (times: number) => (times > 1e6 ? 'millions of' : Math.round(times).toLocaleString('en'))
