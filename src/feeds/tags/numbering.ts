import type { Numbering } from '../../shows/feed-tags/numbering.ts'
import { textElement, type Xml } from '../xml.ts'

/** `podcast:episode`; unlike `itunes:episode` its number may have decimals. */
export const numberingElement = ({ number, display }: Numbering): Xml =>
  textElement('podcast:episode', number, { display })
