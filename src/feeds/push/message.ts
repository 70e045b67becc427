import { feedUrl } from '../../core/addresses.ts'
import type { Config } from '../../core/config.ts'
import { parseTags, type ShowFeedTags } from '../../shows/feed-tags.ts'
import type { Show } from '../../shows/show.ts'
import type { Push } from './push.ts'
import { addressOf, type PushConfig } from './targets.ts'

/** A request that tells somebody of a feed. */
export type Message = Readonly<{ url: string; method: 'GET' | 'POST'; headers: Record<string, string>; body?: string }>

/** Podping refuses whoever sends none. */
const userAgent = 'Longwave/0.1 (podcast host)'

/** What a push says to whom; undefined: the settings name the receiver no more. */
export function messageOf(
  config: PushConfig & Pick<Config, 'publicUrl'>,
  push: Pick<Push, 'service' | 'target' | 'reason'>,
  show: Pick<Show, 'slug' | 'feedTags'>,
): Message | undefined {
  const address = addressOf(config, push)
  if (!address) return undefined
  const feed = feedUrl(config, show.slug)
  if (push.service === 'websub') return publication(address, feed)
  if (push.service === 'overcast') return asking(address, { urlprefix: feed })
  const { medium = 'podcast' } = parseTags<ShowFeedTags>(show)
  return asking(address, { url: feed, reason: push.reason, medium }, config.podpingToken)
}

/** What the hubs of PubSubHubbub 0.4 §7 take; WebSub leaves it to them. */
const publication = (url: string, feed: string): Message => ({
  url,
  method: 'POST',
  headers: { 'user-agent': userAgent, 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams({ 'hub.mode': 'publish', 'hub.url': feed }).toString(),
})

/** Podping.cloud's README and source; Overcast's ping, which its page for podcasters tells of, takes the same form. */
function asking(address: string, parameters: Record<string, string>, authorization?: string): Message {
  const url = new URL(address)
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return {
    url: url.href,
    method: 'GET',
    headers: { 'user-agent': userAgent, ...(authorization && { authorization }) },
  }
}
