import type { Funding } from '../../shows/feed-tags/funding.ts'
import { textElement, type Xml } from '../xml.ts'

/** `podcast:funding`. */
export const fundingElement = ({ url, label }: Funding): Xml => textElement('podcast:funding', label, { url })
