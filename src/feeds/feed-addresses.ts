import { audioUrl, feedUrl, privateAudioUrl, privateFeedUrl } from '../core/addresses.ts'
import type { App } from '../core/app.ts'
import { prefixed } from '../shows/enclosure-prefix.ts'
import type { Show } from '../shows/show.ts'
import { tokenPlaceholder } from './token-placeholder.ts'
import type { Variant } from './variants.ts'

/** Where a variant of a feed, and the audio that it names, are to be found. */
export type FeedAddresses = Readonly<{
  feed: string
  enclosure(episodeId: string, file: string): string
}>

/**
 * In a private variant a placeholder stands where the token goes. No prefix stands before private enclosures: those services
 * would be told the token.
 */
export function addressesOf(app: App, { id, slug, enclosurePrefix }: Show, { isPrivate }: Variant): FeedAddresses {
  const { config } = app
  if (!isPrivate) {
    return {
      feed: feedUrl(config, slug),
      enclosure: (episodeId, file) => prefixed(enclosurePrefix, audioUrl(config, episodeId, file)),
    }
  }
  const token = tokenPlaceholder(app, id)
  return {
    feed: privateFeedUrl(config, slug, token),
    enclosure: (episodeId, file) => privateAudioUrl(config, token, episodeId, file),
  }
}
