import type { Spotify } from '../../shows/feed-tags/spotify.ts'
import { element, optional, textElement, type Xml } from '../xml.ts'

/** Spotify's own tags: how many episodes it shows, and the countries that the show is made for, as two letters each. */
export const spotifyElements = ({ countriesOfOrigin = [], recentCount }: Spotify): Xml[] => [
  ...optional(recentCount, (count) => element('spotify:limit', { recentCount: count })),
  ...(countriesOfOrigin.length === 0 ? [] : [textElement('spotify:countryOfOrigin', countriesOfOrigin.join(' '))]),
]
