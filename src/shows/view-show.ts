import { feedUrl, showUrl } from '../core/addresses.ts'
import type { App } from '../core/app.ts'
import { findArtworks, viewArtwork } from './artwork.ts'
import { parseTags, type ShowFeedTags } from './feed-tags.ts'
import { moveOf } from './move.ts'
import type { ShowView } from './schemas.ts'
import type { Show } from './show.ts'

/** Shows as the API tells them, in the same order. */
export async function viewShows({ db, config }: App, shows: readonly Show[]): Promise<ShowView[]> {
  const artworks = await findArtworks(
    db,
    shows.map((show) => show.artworkId),
  )
  return shows.map((show) => ({
    ...parseTags<ShowFeedTags>(show),
    id: show.id,
    slug: show.slug,
    guid: show.guid,
    title: show.title,
    description: show.description,
    language: show.language,
    category: show.category,
    explicit: show.explicit === 1,
    author: show.author,
    ownerEmail: show.ownerEmail,
    type: show.type as ShowView['type'],
    copyright: show.copyright,
    enclosurePrefix: show.enclosurePrefix,
    stereoKbps: show.stereoKbps,
    monoKbps: show.monoKbps,
    stereoLufs: show.stereoLufs,
    monoLufs: show.monoLufs,
    aacKbps: show.aacKbps,
    timeZone: show.timeZone,
    feedPageSize: show.feedPageSize,
    feedUrl: feedUrl(config, show.slug),
    pageUrl: showUrl(config, show.slug),
    move: moveOf(show),
    ...viewArtwork(config, artworks.get(show.artworkId ?? '')),
    createdAt: new Date(show.createdAt).toISOString(),
    updatedAt: new Date(show.updatedAt).toISOString(),
  }))
}

export async function viewShow(app: App, show: Show): Promise<ShowView> {
  const [view] = await viewShows(app, [show])
  return view as ShowView
}
