import { type LiveItemFeedTags, parseTags } from './feed-tags.ts'
import type { LiveItem, LiveStatus } from './live-item.ts'
import type { LiveItemView } from './live-item-schemas.ts'

/** A live item as the API tells it. */
export function viewLiveItem(item: LiveItem): LiveItemView {
  const { contentLinks = [], ...tags } = parseTags<LiveItemFeedTags>(item)
  return {
    ...tags,
    contentLinks,
    id: item.id,
    showId: item.showId,
    guid: item.guid,
    title: item.title,
    description: item.description,
    status: item.status as LiveStatus,
    startsAt: new Date(item.startsAt).toISOString(),
    ...(item.endsAt !== null && { endsAt: new Date(item.endsAt).toISOString() }),
    stream: { url: item.streamUrl, type: item.streamType },
    createdAt: new Date(item.createdAt).toISOString(),
    updatedAt: new Date(item.updatedAt).toISOString(),
  }
}
