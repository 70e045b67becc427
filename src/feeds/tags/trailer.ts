import { excerpt } from '../../shows/notes.ts'
import type { FeedItem } from '../feed-model.ts'
import { textElement, type Xml } from '../xml.ts'

/** In `podcast:trailer`. */
const longestTitle = 128

/** `podcast:trailer`: an episode that is one, told of in the channel too. With a season it is the trailer of that season. */
export const trailerElement = ({ title, enclosure, publishedAt, season }: FeedItem): Xml =>
  textElement('podcast:trailer', excerpt(title, longestTitle - 1) || 'Trailer', {
    pubdate: new Date(publishedAt).toUTCString(),
    url: enclosure.url,
    length: enclosure.bytes,
    type: enclosure.type,
    season,
  })
