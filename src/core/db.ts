import type { Kysely } from 'kysely'
import type { CountingTables } from './counting-tables.ts'

/**
 * The database, on SQLite and PostgreSQL alike. Kysely is the abstraction; it is not wrapped.
 * Columns are snake_case in the database and camelCase here. Ids are text (UUIDv7), instants epoch milliseconds,
 * booleans 0 or 1, documents JSON text. Optional columns are null, never undefined, when read.
 */
export type Db = Kysely<Schema>

export type Engine = 'sqlite' | 'postgres'

export type Flag = 0 | 1

/** Tables of the product, in the order of an episode's life. The migrations in platform/migrations create them. */
export type Schema = CountingTables & {
  counter: { name: string; value: number }
  change: { key: string; version: number }
  job: {
    id: string
    name: string
    lane: string
    key: string | null
    payload: string
    runAt: number
    attempt: number
    /** Since when trouble that is not its own holds it up. */
    troubledSince: number | null
    leaseToken: string | null
    leasedUntil: number | null
    failedAt: number | null
    reason: string | null
  }
  lease: { name: string; token: string; leasedUntil: number; releaseAsked: Flag }
  hit: {
    position: number
    id: string
    at: number
    episodeId: string
    renditionId: string
    listenerKey: string
    previousKey: string | null
    country: string | null
    feedTokenId: string | null
    door: string
    source: string
    method: string
    status: number
    range: string | null
    bytesSent: number
    userAgent: string | null
    referrer: string | null
  }
  apiToken: { id: string; name: string; hash: string; createdAt: number }
  session: { hash: string; apiTokenId: string; createdAt: number; expiresAt: number }
  show: {
    id: string
    slug: string
    guid: string
    title: string
    description: string
    language: string
    /** Apple's name, or "Top > Sub". */
    category: string
    explicit: Flag
    author: string
    ownerEmail: string
    type: string
    copyright: string | null
    /** What stands before the enclosures of its feed: an https address that ends in a slash; null: nothing. */
    enclosurePrefix: string | null
    /** Bit rates that its episodes are encoded at, kb/s. */
    stereoKbps: number
    monoKbps: number
    /** Integrated loudness that they are brought to, LUFS; null: left as it is. */
    stereoLufs: number | null
    monoLufs: number | null
    /** Bit rate of the AAC beside the MP3 of its stereo episodes, kb/s; null: none is made. */
    aacKbps: number | null
    /** IANA name of the zone in which its days begin; null: UTC. */
    timeZone: string | null
    /** JSON of `ShowFeedTags` (shows/feed-tags). */
    feedTags: string
    /** Its guid was in a feed at a public address, and stays for ever. */
    guidIsFinal: Flag
    /** Where its feed has moved to, told as `itunes:new-feed-url`; null: it has not. */
    newFeedUrl: string | null
    /** With `newFeedUrl`: its feed answers 301 there. */
    feedRedirects: Flag
    /** Episodes on each page of its feed. */
    feedPageSize: number
    artworkId: string | null
    createdAt: number
    updatedAt: number
    deletedAt: number | null
  }
  /** What opens the private links of a show. */
  feedToken: {
    id: string
    showId: string
    name: string
    /** SHA-256 of the token, hex. */
    hash: string
    createdAt: number
    /** To the minute. */
    lastUsedAt: number | null
    revokedAt: number | null
    /** How long before everybody else its holder gets an episode. */
    earlySeconds: number
  }
  /** What goes on now, or will at a set time (`podcast:liveItem`). */
  liveItem: {
    id: string
    showId: string
    guid: string
    /** `pending`, `live` or `ended`. */
    status: string
    title: string
    description: string
    startsAt: number
    endsAt: number | null
    streamUrl: string
    streamType: string
    /** JSON of `LiveItemFeedTags` (shows/feed-tags). */
    feedTags: string
    createdAt: number
    updatedAt: number
    deletedAt: number | null
  }
  /** Where a show, or its feed alone, was to be found before: it answers 301. */
  formerAddress: {
    /** With the slash that it begins with, without one at the end. */
    path: string
    showId: string
    /** `slug`: that of the show's page, and all below it; `feed`: of its feed at another host. */
    kind: string
    createdAt: number
  }
  /** What the page of an episode was called before: it answers 301. */
  formerEpisodeSlug: { showId: string; slug: string; episodeId: string; createdAt: number }
  /** What somebody was told about a feed, or is to be told. */
  push: {
    id: string
    showId: string
    /** `websub`, `podping` or `overcast`. */
    service: string
    /** Whom it goes to: an address. */
    target: string
    /** `update`, `live` or `liveEnd`. */
    reason: string
    /** `waiting`, `sent` or `failed`. */
    state: string
    attempts: number
    /** HTTP status of the last answer; null: none came. */
    status: number | null
    message: string | null
    createdAt: number
    triedAt: number | null
  }
  /** What the public feed of a show said, by which the next change is told or not (feeds/push/reasons). */
  toldFeed: {
    showId: string
    /** Hash of the guids of its episodes. */
    episodes: string
    renderer: string
    /** JSON: the status of each live item, by its guid. */
    live: string
  }
  episode: {
    id: string
    showId: string
    slug: string
    guid: string
    title: string | null
    /** Markdown, as written. */
    notes: string
    /** The same, rendered and sanitised when it was written. */
    notesHtml: string
    /** The same in plain words on one line, at most 300 characters. */
    summary: string
    season: number | null
    number: number | null
    type: string
    explicit: Flag | null
    artworkId: string | null
    /** The audio that is served. */
    renditionId: string | null
    /** The newest upload; only its result is taken. */
    uploadId: string | null
    /** When it is, or is to be, public; null: not asked for. */
    publishAt: number | null
    /** The enclosure's file name, fixed at the first publication. */
    enclosureFile: string | null
    /** JSON of `EpisodeFeedTags` (shows/feed-tags). */
    feedTags: string
    /** When the world was told of it, or when it was clear that it never will be; set once. */
    announcedAt: number | null
    createdAt: number
    updatedAt: number
    deletedAt: number | null
  }
  upload: {
    id: string
    episodeId: string
    filename: string
    bytes: number
    state: string
    /** 0 to 1. */
    progress: number
    reason: string | null
    /** JSON list of sentences: what was passed over on the way to `ready`. */
    warnings: string
    originalKey: string | null
    /** Its audio frames are to be published as they are. */
    keepAudio: Flag
    createdAt: number
    updatedAt: number
  }
  rendition: {
    id: string
    episodeId: string
    /** The upload that its audio came from; retagged, the same audio has another rendition. */
    uploadId: string
    /** The rendition that it stands beside, the same audio in another form; null: it is an enclosure itself. */
    alternateOf: string | null
    key: string
    type: string
    bytes: number
    /** Bytes before the first audio frame: the area of its tags, of a fixed size. */
    headerBytes: number
    bitrateKbps: number
    channels: number
    sampleRateHz: number
    durationSeconds: number
    /** SHA-256 of the bytes, hex: the strong entity tag. */
    sha256: string
    /** SHA-384 of the bytes, base64 (`podcast:integrity`); null: made before it was asked for. */
    sha384: string | null
    /** Its audio frames are the upload's own. */
    isKept: Flag
    /** Of the recording, before: LUFS and dBTP; null: not measured, or silence. */
    sourceLufs: number | null
    sourcePeakDbtp: number | null
    /** What it was brought to, LUFS; null: left as it was. */
    targetLufs: number | null
    gainDb: number
    /** The most that the limiter took from a peak, dB. */
    limitedDb: number
    /** By how much it stays below its target, because more limiting would be heard, LU. */
    shortfallLu: number
    /** Of the finished file: LUFS and dBTP; null until `measuredAt`, or silence. */
    lufs: number | null
    peakDbtp: number | null
    measuredAt: number | null
    createdAt: number
    /** When another took its place; its object is kept for a while. */
    retiredAt: number | null
    /** When its object was deleted. */
    removedAt: number | null
  }
  /** Chapters that somebody gave, or that the recording had. */
  chapterList: {
    episodeId: string
    /** JSON list of `Chapter`. */
    chapters: string
    /** `recording`, `file` or `api`. */
    origin: string
    /** The upload that was served when they were made: their times may be off for another. */
    uploadId: string | null
    updatedAt: number
  }
  transcript: {
    episodeId: string
    /** JSON list of `Segment`, packed (shows/packed-passages). */
    segments: string
    language: string
    /** The media type that it came in, or `transcriber`. */
    origin: string
    /** As in `chapterList`. */
    uploadId: string | null
    updatedAt: number
  }
  /** The newest wish that the station transcribes an episode, and what became of it. */
  transcription: {
    id: string
    episodeId: string
    /** The upload whose audio is transcribed. */
    uploadId: string
    /** `waiting`, `transcribing`, `ready`, `failed` or `cancelled`. */
    state: string
    /** 0 to 1; null: not known. */
    progress: number | null
    reason: string | null
    createdAt: number
    updatedAt: number
  }
  /** JSON list of lowest and highest in turn, -128 to 127, of as many parts of the audio of an upload. */
  waveform: { uploadId: string; peaks: string; createdAt: number }
  artwork: {
    id: string
    showId: string
    key: string
    type: string
    /** Both sides, pixels. */
    size: number
    bytes: number
    sha256: string
    createdAt: number
  }
  /** The same picture as it is served: both sides in pixels, JPEG or WebP. */
  artworkFile: { artworkId: string; size: number; type: string; key: string; bytes: number; sha256: string }
  chapterImage: {
    id: string
    episodeId: string
    key: string
    type: string
    bytes: number
    sha256: string
    createdAt: number
  }
  /** Stored objects that a sweep found unnamed. */
  orphan: { key: string; firstSeenAt: number }
  /** A page of a show's feed, as one kind of subscriber gets it (feeds/variants, feeds/pages). */
  feedDocument: {
    showId: string
    /** `public`, or `private-` and how many seconds before everybody else its holder gets an episode. */
    variant: string
    /** 0: the newest page; else its episodes are those before that number, counted from the oldest. */
    page: number
    /** Hash of what the document was made from: what its entity tags begin with. */
    modelHash: string
    /** Hash of which episodes stand on it. */
    itemsHash: string
    /** `Changes.version()` before it was made: an older build never replaces a newer one. */
    version: number
    /** When the content last changed, epoch ms. */
    modifiedAt: number
    /** Since when no other page names it; null: one does. */
    retiredAt: number | null
    /** The XML, compressed. */
    gzip: Buffer
    /** null: private, so it is compressed anew for each subscriber. */
    brotli: Buffer | null
  }
}

/** Whether the database refused a row because of a unique index: by code, never by text. */
export function isUniqueViolation(error: unknown): boolean {
  const code = (error as { code?: unknown } | undefined)?.code
  return code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY' || code === '23505'
}

/** What PostgreSQL's text cannot hold is taken out: NUL and lone surrogates. */
export const storableText = (text: string): string => text.replace(/[\0\p{Surrogate}]/gu, '')
