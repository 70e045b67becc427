import type { Chat } from '../../shows/feed-tags/chat.ts'
import { element, type Xml } from '../xml.ts'

/** `podcast:chat`. */
export const chatElement = ({ server, protocol, accountId, space }: Chat): Xml =>
  element('podcast:chat', { server, protocol, accountId, space })
