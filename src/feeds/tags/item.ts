import type { Season } from '../../shows/feed-tags/season.ts'
import type { FeedItem } from '../feed-model.ts'
import { element, htmlElement, optional, textElement, type Xml } from '../xml.ts'
import { alternateEnclosureElements } from './alternate-enclosure.ts'
import { contentLinkElement } from './content-link.ts'
import { fittingNotes } from './description.ts'
import { elementsOfAll } from './everywhere.ts'
import { itunesItemElements } from './itunes.ts'
import { numberingElement } from './numbering.ts'
import { seasonElement } from './season.ts'
import { soundbiteElement } from './soundbite.ts'
import { chaptersElement, transcriptElement } from './texts.ts'

/** An episode. Its people and its value stand for themselves: they take the place of the show's. */
export const itemElement = (item: FeedItem, seasons: readonly Season[] | undefined): Xml =>
  element('item', {}, [...rssElements(item), ...itunesItemElements(item), ...podcastElements(item, seasons)])

/** RSS 2.0. A GUID is no address, even when it looks like one: the link tells where the episode is. */
const rssElements = ({ guid, title, link, notesHtml, publishedAt, enclosure }: FeedItem): Xml[] => [
  htmlElement('title', title || 'Untitled'),
  htmlElement('description', fittingNotes(notesHtml) || title),
  textElement('link', link),
  textElement('guid', guid, { isPermaLink: false }),
  textElement('pubDate', new Date(publishedAt).toUTCString()),
  element('enclosure', { url: enclosure.url, length: enclosure.bytes, type: enclosure.type }),
  htmlElement('content:encoded', notesHtml),
]

function podcastElements(item: FeedItem, seasons: readonly Season[] | undefined): Xml[] {
  const { tags } = item
  const numbering = tags.numbering ?? (item.number === undefined ? undefined : { number: item.number })
  return [
    ...item.transcripts.map(transcriptElement),
    ...optional(item.chaptersUrl, chaptersElement),
    ...(tags.soundbites ?? []).map(soundbiteElement),
    ...optional(item.season, (season) => seasonElement(season, seasons)),
    ...optional(numbering, numberingElement),
    ...alternateEnclosureElements(item),
    ...(tags.contentLinks ?? []).map(contentLinkElement),
    ...elementsOfAll(tags),
  ]
}
