import type { Season } from '../../shows/feed-tags/season.ts'
import { textElement, type Xml } from '../xml.ts'

/** `podcast:season`, with its name when it has one. */
export const seasonElement = (number: number, seasons: readonly Season[] = []): Xml =>
  textElement('podcast:season', number, { name: seasons.find((season) => season.number === number)?.name })
