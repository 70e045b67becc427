import { audioUrl, chaptersUrl, episodeUrl, feedUrl, showUrl } from '../core/addresses.ts'
import type { App } from '../core/app.ts'
import type { Config } from '../core/config.ts'
import { alternateFile, findAlternatesOfShow } from '../shows/alternate.ts'
import { coverUrl, findArtworks, viewArtwork } from '../shows/artwork.ts'
import { type Category, tryParseCategory } from '../shows/categories.ts'
import { effectiveChapters, findChapterRowsOfShow } from '../shows/chapter-list.ts'
import { prefixed } from '../shows/enclosure-prefix.ts'
import { type Episode, listPublishedEpisodes } from '../shows/episode.ts'
import { enclosureFile } from '../shows/episode-state.ts'
import { type EpisodeFeedTags, type LiveItemFeedTags, parseTags, type ShowFeedTags } from '../shows/feed-tags.ts'
import { type LiveItem, type LiveStatus, listLiveItems } from '../shows/live-item.ts'
import { findRenditionsOfShow, type Rendition } from '../shows/rendition.ts'
import type { Show } from '../shows/show.ts'
import type { TranscriptFile } from '../shows/text-schemas.ts'
import { findTranscriptRowsOfShow, type TranscriptRow } from '../shows/transcript.ts'
import { transcriptFiles } from '../shows/transcript-forms.ts'

/** All that a feed says: the same model gives the same document, byte for byte. */
export type FeedModel = Readonly<{
  feedUrl: string
  link: string
  guid: string
  title: string
  description: string
  language: string
  category: Category
  explicit: boolean
  author: string
  ownerEmail: string
  type: string
  copyright: string | undefined
  imageUrl: string
  /** For one listener: no directory shall list it. */
  isPrivate: boolean
  /** Where the feed has moved to. */
  newFeedUrl: string | undefined
  /** Those that tell subscribers of a change (WebSub). */
  hubs: readonly string[]
  /** Whether Podping is told of each change. */
  usesPodping: boolean
  /** The other pages of the feed (RFC 5005 §3); undefined: it has one. */
  pages: FeedPages | undefined
  /** What makes the feed readable in a browser. */
  stylesheetUrl?: string | undefined
  /** Every public trailer; absent: those among the items, which are all. */
  trailers?: readonly FeedItem[]
  tags: ShowFeedTags
  liveItems: readonly FeedLiveItem[]
  items: readonly FeedItem[]
}>

/** Addresses of pages: `previous` is newer, `next` older. */
export type FeedPages = Readonly<{ first: string; previous?: string; next?: string; last: string }>

export type FeedItem = Readonly<{
  guid: string
  title: string
  link: string
  notesHtml: string
  /** Epoch milliseconds. */
  publishedAt: number
  enclosure: FeedFile
  /** The same audio in another form. */
  alternate: FeedFile | undefined
  durationSeconds: number
  imageUrl: string | undefined
  explicit: boolean
  season: number | undefined
  number: number | undefined
  type: string
  /** JSON chapters 1.2. */
  chaptersUrl: string | undefined
  /** Every form of the transcript. */
  transcripts: readonly (TranscriptFile & Readonly<{ language: string }>)[]
  tags: EpisodeFeedTags
}>

/** `sha384` is base64 (`podcast:integrity`); undefined: not known. */
export type FeedFile = Readonly<{
  url: string
  bytes: number
  type: string
  bitrateKbps: number
  sha384: string | undefined
}>

/** `podcast:liveItem`; instants are epoch milliseconds. */
export type FeedLiveItem = Readonly<{
  guid: string
  status: LiveStatus
  title: string
  description: string
  startsAt: number
  endsAt: number | undefined
  link: string
  stream: Readonly<{ url: string; type: string }>
  tags: LiveItemFeedTags
}>

/** What a show's feed says at that moment: the episodes that are public, newest first. Apps turn a serial show round. */
export async function feedModel(app: App, show: Show, now: number): Promise<FeedModel> {
  const { db, config } = app
  const episodes = await listPublishedEpisodes(db, show.id, now)
  const [renditions, alternates, artworks, chapters, transcripts, liveItems] = await Promise.all([
    findRenditionsOfShow(app, show.id),
    findAlternatesOfShow(app, show.id),
    findArtworks(db, [show.artworkId, ...episodes.map((episode) => episode.artworkId)]),
    findChapterRowsOfShow(db, show.id),
    findTranscriptRowsOfShow(db, show.id),
    listLiveItems(db, show.id),
  ])
  return {
    feedUrl: feedUrl(config, show.slug),
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
    isPrivate: false,
    newFeedUrl: show.newFeedUrl ?? undefined,
    hubs: config.webSubHubs,
    usesPodping: config.podpingUrl !== undefined,
    pages: undefined,
    tags: parseTags<ShowFeedTags>(show),
    liveItems: liveItems.map((item) => liveItemOf(app, show, item)),
    items: episodes.flatMap((episode) => {
      const rendition = renditions.get(episode.renditionId ?? '')
      const artwork = artworks.get(episode.artworkId ?? '')
      if (!rendition) return []
      const hasChapters = effectiveChapters(episode, chapters.get(episode.id), rendition) !== undefined
      const transcript = transcripts.get(episode.id)
      return {
        ...itemOf(app, show, episode, rendition),
        alternate: alternateOf(app, show, episode, alternates.get(rendition.id)),
        imageUrl: artwork && coverUrl(config, artwork),
        chaptersUrl: hasChapters ? chaptersUrl(config, episode.id) : undefined,
        transcripts: transcript ? transcriptsOf(app, transcript) : [],
      }
    }),
  }
}

function itemOf(
  { config }: App,
  show: Show,
  episode: Episode,
  rendition: Rendition,
): Omit<FeedItem, 'alternate' | 'imageUrl' | 'chaptersUrl' | 'transcripts'> {
  return {
    guid: episode.guid,
    title: episode.title ?? '',
    link: episodeUrl(config, show.slug, episode.slug),
    notesHtml: episode.notesHtml,
    publishedAt: episode.publishAt ?? 0,
    enclosure: fileOf(enclosureUrl(config, show, episode.id, enclosureFile(episode)), rendition),
    durationSeconds: rendition.durationSeconds,
    explicit: (episode.explicit ?? show.explicit) === 1,
    season: episode.season ?? undefined,
    number: episode.number ?? undefined,
    type: episode.type,
    tags: parseTags<EpisodeFeedTags>(episode),
  }
}

function alternateOf(
  { config }: App,
  show: Show,
  episode: Episode,
  alternate: Rendition | undefined,
): FeedItem['alternate'] {
  return alternate && fileOf(enclosureUrl(config, show, episode.id, alternateFile(episode, alternate)), alternate)
}

const fileOf = (url: string, { bytes, type, bitrateKbps, sha384 }: Rendition): FeedFile => ({
  url,
  bytes,
  type,
  bitrateKbps,
  sha384: sha384 ?? undefined,
})

const liveItemOf = ({ config }: App, show: Show, item: LiveItem): FeedLiveItem => ({
  guid: item.guid,
  status: item.status as LiveStatus,
  title: item.title,
  description: item.description,
  startsAt: item.startsAt,
  endsAt: item.endsAt ?? undefined,
  link: showUrl(config, show.slug),
  stream: { url: item.streamUrl, type: item.streamType },
  tags: parseTags<LiveItemFeedTags>(item),
})

const enclosureUrl = (config: Config, { enclosurePrefix }: Show, episodeId: string, file: string) =>
  prefixed(enclosurePrefix, audioUrl(config, episodeId, file))

const transcriptsOf = ({ config }: App, { episodeId, origin, language }: TranscriptRow): FeedItem['transcripts'] =>
  transcriptFiles(config, episodeId, origin).map((file) => ({ ...file, language }))
