import { invalid } from '../../core/errors.ts'
import type { Soundbite } from '../feed-tags/soundbite.ts'

type Passage = Readonly<{ startSeconds: number; durationSeconds: number }>

/** Encoders add some silence, and editors round: an end so much later is still inside. */
const toleranceSeconds = 1

/** Throws `invalid` where a passage goes on after the audio has ended; while there is none every passage is inside. */
export function demandInside(
  { startSeconds, durationSeconds }: Passage,
  field: string,
  audioSeconds: number | undefined,
  tag: string,
): void {
  const end = startSeconds + durationSeconds
  if (audioSeconds === undefined || end <= audioSeconds + toleranceSeconds) return
  throw invalid(
    `“${field}” ends at ${end} s, but the audio already at ${Math.round(audioSeconds)} s. Choose a passage inside it (${tag}).`,
    `${field}.startSeconds`,
  )
}

/** `podcast:soundbite`: a passage of the episode. */
export function checkSoundbites(bites: readonly Soundbite[], field: string, audioSeconds: number | undefined): void {
  for (const [index, bite] of bites.entries()) {
    demandInside(bite, `${field}.${index}`, audioSeconds, 'podcast:soundbite')
  }
}
