import type { Person } from '../../shows/feed-tags/person.ts'
import { textElement, type Xml } from '../xml.ts'

/** `podcast:person`. */
export const personElement = ({ name, role, group, imageUrl, url }: Person): Xml =>
  textElement('podcast:person', name, { role, group, img: imageUrl, href: url })
