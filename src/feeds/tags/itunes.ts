import { type Category, tryParseCategory } from '../../shows/categories.ts'
import type { FeedItem, FeedModel } from '../feed-model.ts'
import { element, optional, textElement, type Xml } from '../xml.ts'

/** Apple's tags of a show; YouTube and Spotify write to the owner. */
export const itunesChannelElements = (model: FeedModel): Xml[] => [
  textElement('itunes:title', model.title),
  textElement('itunes:author', model.author),
  element('itunes:owner', {}, [
    textElement('itunes:name', model.author),
    textElement('itunes:email', model.ownerEmail),
  ]),
  textElement('itunes:explicit', model.explicit),
  textElement('itunes:type', model.type),
  ...categoriesOf(model).map(categoryElement),
  imageElement(model.imageUrl),
  ...optional(model.newFeedUrl, (url) => textElement('itunes:new-feed-url', url)),
  ...(model.isPrivate || model.tags.blocked ? [block] : []),
  ...(model.tags.complete ? [textElement('itunes:complete', yes)] : []),
]

/** Apple's tags of an episode. A duration is never 0. */
export const itunesItemElements = (item: FeedItem): Xml[] => [
  textElement('itunes:title', item.title),
  ...optional(item.summary || undefined, (summary) => textElement('itunes:summary', summary)),
  textElement('itunes:duration', Math.max(1, Math.round(item.durationSeconds))),
  textElement('itunes:explicit', item.explicit),
  textElement('itunes:episodeType', item.type),
  ...optional(item.season, (season) => textElement('itunes:season', season)),
  ...optional(item.number, (number) => textElement('itunes:episode', number)),
  ...optional(item.imageUrl, imageElement),
  ...(item.tags.blocked ? [block] : []),
]

/** Apple takes no other value, and case counts; PSP-1 writes it small. */
const yes = 'Yes'
const block = textElement('itunes:block', yes)

/** In order of priority. */
const categoriesOf = ({ category, tags }: FeedModel): Category[] => [
  category,
  ...(tags.furtherCategories ?? []).flatMap((text) => tryParseCategory(text) ?? []),
]

const categoryElement = ({ top, sub }: Category): Xml =>
  element(
    'itunes:category',
    { text: top },
    optional(sub, (text) => element('itunes:category', { text })),
  )

const imageElement = (href: string): Xml => element('itunes:image', { href })
