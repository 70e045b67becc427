import type { Publisher, RemoteItem } from '../../shows/feed-tags/remote-item.ts'
import { element, type Xml } from '../xml.ts'

/** `podcast:remoteItem`. */
export const remoteItemElement = ({ feedGuid, feedUrl, itemGuid, medium, title }: RemoteItem): Xml =>
  element('podcast:remoteItem', { feedGuid, feedUrl, itemGuid, medium, title })

/** `podcast:podroll`. */
export const podrollElement = (shows: readonly RemoteItem[]): Xml =>
  element('podcast:podroll', {}, shows.map(remoteItemElement))

/** `podcast:publisher`: exactly one remote item, whose medium says so. */
export const publisherElement = (publisher: Publisher): Xml =>
  element('podcast:publisher', {}, [remoteItemElement({ ...publisher, medium: 'publisher' })])
