import type { Location } from '../../shows/feed-tags/location.ts'
import { textElement, type Xml } from '../xml.ts'

/** `podcast:location`. */
export const locationElement = ({ name, rel, geo, osm, country }: Location): Xml =>
  textElement('podcast:location', name, { rel, geo, osm, country })
