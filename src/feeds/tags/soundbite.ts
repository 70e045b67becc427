import type { Soundbite } from '../../shows/feed-tags/soundbite.ts'
import { element, textElement, type Xml } from '../xml.ts'

/** `podcast:soundbite`; without a title apps show that of the episode. */
export function soundbiteElement({ startSeconds, durationSeconds, title }: Soundbite): Xml {
  const times = { startTime: startSeconds, duration: durationSeconds }
  return title === undefined ? element('podcast:soundbite', times) : textElement('podcast:soundbite', title, times)
}
