import type { ContentLink } from '../../shows/feed-tags/content-link.ts'
import { textElement, type Xml } from '../xml.ts'

/** `podcast:contentLink`. */
export const contentLinkElement = ({ url, label }: ContentLink): Xml =>
  textElement('podcast:contentLink', label, { href: url })
