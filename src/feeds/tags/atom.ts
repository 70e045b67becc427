import type { FeedModel } from '../feed-model.ts'
import { element, optional, type Xml } from '../xml.ts'

/** `atom:link` beside that to the feed itself: hubs (WebSub §4) and other pages (RFC 5005 §3). A private feed has no hub. */
export const atomLinkElements = ({ hubs, pages, isPrivate }: FeedModel): Xml[] => [
  ...(isPrivate ? [] : hubs).map((href) => element('atom:link', { href, rel: 'hub' })),
  ...(['first', 'previous', 'next', 'last'] as const).flatMap((rel) =>
    optional(pages?.[rel], (href) => element('atom:link', { href, rel, type: 'application/rss+xml' })),
  ),
]
