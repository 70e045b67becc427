import type { Category } from '../shows/categories.ts'
import type { EpisodeFeedTags, LiveItemFeedTags, ShowFeedTags } from '../shows/feed-tags.ts'
import type { LiveStatus } from '../shows/live-item.ts'
import type { TranscriptFile } from '../shows/text-schemas.ts'

/** All that a feed says: the same model gives the same document, byte for byte. */
export type FeedModel = Readonly<{
  /** Its own address: that of the page, where it has several. */
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
  /** What makes it readable in a browser: a style sheet's address (`<?xml-stylesheet?>`, as text/css). */
  stylesheetUrl?: string | undefined
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
  /** The notes' beginning in plain words on one line, for whoever shows no HTML (`itunes:summary`); empty: there are none. */
  summary?: string
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
