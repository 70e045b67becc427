import type { SocialInteract } from '../../shows/feed-tags/social-interact.ts'
import { element, type Xml } from '../xml.ts'

/** `podcast:socialInteract`; where comments are disabled, there is no post. */
export const socialInteractElement = ({ protocol, uri, accountId, accountUrl, priority }: SocialInteract): Xml =>
  element(
    'podcast:socialInteract',
    protocol === 'disabled' ? { protocol } : { protocol, uri, accountId, accountUrl, priority },
  )
