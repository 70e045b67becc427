import type { License } from '../../shows/feed-tags/license.ts'
import { textElement, type Xml } from '../xml.ts'

/** `podcast:license`. */
export const licenseElement = ({ name, url }: License): Xml => textElement('podcast:license', name, { url })
