import type { Image } from '../../shows/feed-tags/image.ts'
import { element, type Xml } from '../xml.ts'

/** `podcast:image`. */
export const imageElement = ({ url, alt, aspectRatio, width, height, type, purpose }: Image): Xml =>
  element('podcast:image', { href: url, alt, 'aspect-ratio': aspectRatio, width, height, type, purpose })
