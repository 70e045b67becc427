import type { Txt } from '../../shows/feed-tags/txt.ts'
import { textElement, type Xml } from '../xml.ts'

/** `podcast:txt`. */
export const txtElement = ({ purpose, value }: Txt): Xml => textElement('podcast:txt', value, { purpose })
