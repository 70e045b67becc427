import type { UpdateFrequency } from '../../shows/feed-tags/update-frequency.ts'
import { textElement, type Xml } from '../xml.ts'

/** `podcast:updateFrequency`. */
export const updateFrequencyElement = ({ label, complete, startsAt, rrule }: UpdateFrequency): Xml =>
  textElement('podcast:updateFrequency', label, { complete, dtstart: startsAt, rrule })
