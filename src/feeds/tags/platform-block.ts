import type { PlatformBlock } from '../../shows/feed-tags/platform-block.ts'
import { textElement, type Xml } from '../xml.ts'

/** `podcast:block`. */
export const platformBlockElement = ({ id, blocked }: PlatformBlock): Xml =>
  textElement('podcast:block', blocked ? 'yes' : 'no', { id })
