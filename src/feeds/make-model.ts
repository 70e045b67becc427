import { feedStylePath, feedUrl, showUrl } from '../core/addresses.ts'
import type { App } from '../core/app.ts'
import { viewArtwork } from '../shows/artwork.ts'
import { tryParseCategory } from '../shows/categories.ts'
import { type LiveItemFeedTags, parseTags, type ShowFeedTags } from '../shows/feed-tags.ts'
import type { LiveItem, LiveStatus } from '../shows/live-item.ts'
import type { Show } from '../shows/show.ts'
import { addressesOf } from './feed-addresses.ts'
import { makeItems } from './feed-items.ts'
import type { FeedItem, FeedLiveItem, FeedModel } from './feed-model.ts'
import { type FeedSource, readSource } from './feed-source.ts'
import { linksOf, newestPage, type Page, pageUrl } from './pages.ts'
import { publicVariant, type Variant } from './variants.ts'

/** What a show's public feed says at that moment (epoch ms) if it stands on one page, however many episodes there are. */
export const feedModel = async (app: App, show: Show, now: number): Promise<FeedModel> =>
  modelOf(app, await readSource(app, show, now), now)

/** The same, of rows that were read up to that moment. */
export async function modelOf(app: App, source: FeedSource, now: number): Promise<FeedModel> {
  const items = await makeItems(app, source, publicVariant, now)
  const pages = [{ before: newestPage, from: 0, to: items.length }]
  return modelsOfPages(app, source, publicVariant, { items, pages })(0)
}

/**
 * What each page of a variant says, by its place in the list. `items` are those of all pages, newest first. What changes often
 * or concerns the whole feed, as live items, hubs and all trailers, is told on the newest page alone.
 */
export function modelsOfPages(
  app: App,
  source: FeedSource,
  variant: Variant,
  { items, pages }: Readonly<{ items: readonly FeedItem[]; pages: readonly Page[] }>,
): (index: number) => FeedModel {
  const { feed } = addressesOf(app, source.show, variant)
  const channel = channelOf(app, source, variant)
  return (index) => {
    const page = pages[index] as Page
    return {
      ...channel,
      ...(page.before === newestPage ? { trailers: items.filter(isTrailer) } : { hubs: [], liveItems: [] }),
      feedUrl: pageUrl(feed, page),
      pages: linksOf(pages, index, feed),
      items: itemsOfPage(items, page),
    }
  }
}

const isTrailer = ({ type }: FeedItem) => type === 'trailer'

/** Pages count from the oldest, `items` begin with the newest. */
export const itemsOfPage = (items: readonly FeedItem[], { from, to }: Page): readonly FeedItem[] =>
  items.slice(items.length - to, items.length - from)

function channelOf(
  { config }: App,
  { show, artworks, liveItems, hasMovedHere }: FeedSource,
  { isPrivate }: Variant,
): Omit<FeedModel, 'feedUrl' | 'pages' | 'items'> {
  return {
    link: showUrl(config, show.slug),
    guid: show.guid,
    title: show.title,
    description: show.description,
    language: show.language,
    category: tryParseCategory(show.category) ?? { top: show.category },
    explicit: show.explicit === 1,
    author: show.author,
    ownerEmail: show.ownerEmail,
    type: show.type,
    copyright: show.copyright ?? undefined,
    imageUrl: viewArtwork(config, artworks.get(show.artworkId ?? '')).artworkUrl,
    stylesheetUrl: feedStylePath(),
    isPrivate,
    // A private feed stays: nobody else knows its subscribers. And hubs would be told of its address.
    newFeedUrl: isPrivate ? undefined : (show.newFeedUrl ?? (hasMovedHere ? feedUrl(config, show.slug) : undefined)),
    hubs: isPrivate ? [] : config.webSubHubs,
    usesPodping: !isPrivate && config.podpingUrl !== undefined,
    tags: parseTags<ShowFeedTags>(show),
    liveItems: liveItems.map((item) => liveItemOf(showUrl(config, show.slug), item)),
  }
}

const liveItemOf = (link: string, item: LiveItem): FeedLiveItem => ({
  guid: item.guid,
  status: item.status as LiveStatus,
  title: item.title,
  description: item.description,
  startsAt: item.startsAt,
  endsAt: item.endsAt ?? undefined,
  link,
  stream: { url: item.streamUrl, type: item.streamType },
  tags: parseTags<LiveItemFeedTags>(item),
})
