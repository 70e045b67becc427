import type { FeedLiveItem } from '../feed-model.ts'
import { element, htmlElement, textElement, type Xml } from '../xml.ts'
import { alternateEnclosureElement } from './alternate-enclosure.ts'
import { contentLinkElement } from './content-link.ts'
import { fittingText } from './description.ts'
import { elementsOfAll } from './everywhere.ts'

/** `podcast:liveItem`. It needs a link for apps that cannot play the stream: without one of its own, the show's page. */
export const liveItemElement = ({ tags, ...item }: FeedLiveItem): Xml =>
  element(
    'podcast:liveItem',
    { status: item.status, start: instant(item.startsAt), end: item.endsAt && instant(item.endsAt) },
    [
      textElement('title', item.title),
      htmlElement('description', fittingText(item.description) || item.title),
      textElement('link', item.link),
      textElement('guid', item.guid, { isPermaLink: false }),
      // RSS 2.0 demands a length, and a stream has none: then it is 0 (RSS Best Practices Profile, enclosure).
      element('enclosure', { url: item.stream.url, length: 0, type: item.stream.type }),
      ...(tags.contentLinks ?? [{ url: item.link, label: item.title }]).map(contentLinkElement),
      ...(tags.alternateEnclosures ?? []).map(alternateEnclosureElement),
      ...elementsOfAll(tags),
    ],
  )

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString()
