import {
  type Static,
  type TNull,
  type TOptional,
  type TProperties,
  type TUnion,
  Type,
} from '@fastify/type-provider-typebox'
import { categoryNames } from './categories.ts'
import { Numeral, visible } from './feed-tags/kinds.ts'
import { EpisodeFeedTags, ShowFeedTags } from './feed-tags.ts'
import { slugPattern } from './slug.ts'
import { ChaptersSummary, TranscriptionView, TranscriptSummary } from './text-schemas.ts'

const Nullable = <T extends ReturnType<(typeof Type)['String' | 'Integer' | 'Number' | 'Boolean']>>(schema: T) =>
  Type.Union([schema, Type.Null()])

/** Bytes of the JSON of a show, an episode or a live item: all tags of a full one, and little enough to be checked at once. */
export const catalogueLimit = 256 * 1024

type RemovableProperties<P extends TProperties> = { [Name in keyof P]: TOptional<TUnion<[P[Name], TNull]>> }

/** Fields of a change, where null takes away what is there. */
export const Removable = <P extends TProperties>(properties: P): RemovableProperties<P> =>
  Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, Type.Optional(Type.Union([schema, Type.Null()]))]),
  ) as unknown as RemovableProperties<P>

export const ShortText = (description: string, rule?: string) =>
  Type.String({ minLength: 1, maxLength: 255, pattern: visible, description, ...(rule && { rule }) })

/** PSP-1: values have at most 255 characters unless it says otherwise. */
export const FeedText = (description: string) => ShortText(description, 'PSP-1: 1 to 255 characters, not only blanks')
export const Instant = (description: string) =>
  Type.String({ format: 'date-time', description, rule: 'an instant of RFC 3339, like 2026-12-24T18:00:00Z' })
const Slug = Type.String({
  pattern: slugPattern,
  rule: 'a slug is made of a-z, 0-9 and single hyphens',
  maxLength: 80,
  description: 'the part of the address: a-z, 0-9 and hyphens',
})
/** Those of MPEG-1 Layer III. */
export const bitRatesKbps = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]

const Kbps = (description: string) => Type.Integer({ enum: bitRatesKbps, description })

/** From what voices on a quiet stage need to what the loudest player asks for. */
const Lufs = (description: string) => Nullable(Type.Number({ minimum: -31, maximum: -9, description }))

const ShowFields = {
  title: FeedText('name of the show'),
  description: Type.String({
    minLength: 1,
    maxLength: 4000,
    pattern: visible,
    description: 'what the show is about; at most 4000 bytes (PSP-1)',
    rule: 'PSP-1: at most 4000 bytes',
  }),
  language: Type.String({
    minLength: 2,
    maxLength: 35,
    description: 'language tag, like en or pt-BR (BCP 47)',
    rule: 'PSP-1: a language tag, like en or pt-BR',
  }),
  category: Type.String({ description: `one of Apple's categories: ${categoryNames.slice(0, 8).join(', ')}, …` }),
  explicit: Type.Boolean({ description: 'whether it has explicit language or content', rule: 'itunes:explicit' }),
  author: FeedText('who makes it'),
  ownerEmail: Type.String({
    format: 'email',
    maxLength: 255,
    description: 'where directories write to',
    rule: 'itunes:owner: YouTube and Spotify send a code to this address',
  }),
  slug: Slug,
  type: Type.Union([Type.Literal('episodic'), Type.Literal('serial')], {
    description: 'episodic: newest first; serial: in order',
    rule: 'itunes:type',
  }),
  copyright: Nullable(FeedText('holder of the rights, without the sign and the year')),
  enclosurePrefix: Nullable(
    Type.String({
      minLength: 1,
      maxLength: 255,
      description: 'https address that stands before each enclosure in the feed, like https://op3.dev/e/; null: none',
    }),
  ),
  stereoKbps: Kbps('bit rate of stereo episodes, kb/s'),
  monoKbps: Kbps('bit rate of mono episodes, kb/s'),
  stereoLufs: Lufs('loudness that stereo episodes are brought to, LUFS (ITU-R BS.1770-4); null: left as it is'),
  monoLufs: Lufs('the same for mono episodes'),
  aacKbps: Nullable(
    Type.Integer({
      minimum: 32,
      maximum: 256,
      description:
        'bit rate of an AAC file beside the MP3, kb/s: of stereo episodes; mono ones have half, at least 32. null: none is made',
    }),
  ),
  timeZone: Nullable(
    Type.String({
      minLength: 1,
      maxLength: 60,
      description: 'zone in which the days of its reports begin, like Europe/Berlin (IANA); null: UTC',
    }),
  ),
  feedPageSize: Type.Integer({
    minimum: 10,
    maximum: 1000,
    description: 'episodes on each page of the feed, the newest on the first (RFC 5005)',
    rule: 'RFC 5005 pages of 10 to 1000 episodes; what directories need must be on the first',
  }),
}

const { title, description, language, category, explicit, author, ownerEmail, ...optionalShowFields } = ShowFields

/** What a new show needs; what is left out gets a default. */
export const NewShow = Type.Object(
  {
    title,
    description,
    language,
    category,
    explicit,
    author,
    ownerEmail,
    ...Type.Partial(Type.Object(optionalShowFields)).properties,
    ...ShowFeedTags.properties,
  },
  { additionalProperties: false },
)
export type NewShow = Static<typeof NewShow>

export const ShowChanges = Type.Object(
  { ...Type.Partial(Type.Object(ShowFields)).properties, ...Removable(ShowFeedTags.properties) },
  { additionalProperties: false },
)
export type ShowChanges = Static<typeof ShowChanges>

const ArtworkFields = {
  artworkUrl: Type.String({ description: 'the picture for directories: JPEG, 1400 to 3000 pixels, at most 512 KB' }),
  artworkSizes: Type.Array(Type.Integer(), {
    description: 'pixels that it can be had in, largest first: …/600.jpg and …/600.webp beside artworkUrl',
  }),
}

export const ShowView = Type.Object(
  {
    id: Type.String(),
    guid: Type.String({ description: 'podcast:guid' }),
    ...ShowFields,
    ...ShowFeedTags.properties,
    feedUrl: Type.String(),
    pageUrl: Type.String(),
    move: Type.Optional(
      Type.Object(
        {
          to: Type.String(),
          redirects: Type.Boolean({ description: 'whether the feed here answers 301; else only its document tells' }),
        },
        { description: 'where the feed has moved to; absent: it is here' },
      ),
    ),
    ...ArtworkFields,
    createdAt: Instant('when it was made'),
    updatedAt: Instant('when it was last changed'),
  },
  { $id: 'Show' },
)
export type ShowView = Static<typeof ShowView>

const EpisodeFields = {
  title: Nullable(FeedText('title, without numbers of season and episode; absent: taken from the recording')),
  notes: Type.String({ maxLength: 50_000, description: 'show notes, Markdown' }),
  slug: Slug,
  season: Nullable(Numeral('itunes:season: a whole number from 1 on')),
  number: Nullable(Numeral('itunes:episode: a whole number from 1 on; podcast:episode (numbering) can have decimals')),
  type: Type.Union([Type.Literal('full'), Type.Literal('trailer'), Type.Literal('bonus')], {
    rule: 'itunes:episodeType',
  }),
  explicit: Nullable(Type.Boolean({ description: "absent: the show's", rule: 'itunes:explicit' })),
}

const optionalEpisodeFields = Type.Partial(Type.Object(EpisodeFields)).properties

export const NewEpisode = Type.Object(
  { ...optionalEpisodeFields, ...EpisodeFeedTags.properties },
  { additionalProperties: false },
)
export type NewEpisode = Static<typeof NewEpisode>

export const EpisodeChanges = Type.Object(
  { ...optionalEpisodeFields, ...Removable(EpisodeFeedTags.properties) },
  { additionalProperties: false },
)
export type EpisodeChanges = Static<typeof EpisodeChanges>

export const UploadView = Type.Object(
  {
    id: Type.String(),
    episodeId: Type.String(),
    state: Type.String({
      description: 'receiving, received, probing, measuring, encoding, storing, ready, failed or cancelled',
    }),
    progress: Type.Number({ minimum: 0, maximum: 1 }),
    reason: Type.Optional(Type.String({ description: 'why it failed, and what to do' })),
    warnings: Type.Array(Type.String()),
    filename: Type.String(),
    bytes: Type.Integer(),
    keepAudio: Type.Boolean({ description: 'whether its audio is to be published as it is' }),
  },
  { $id: 'Upload' },
)
export type UploadView = Static<typeof UploadView>

const Loudness = (integrated: string, peak: string) => ({
  integratedLufs: Nullable(Type.Number({ description: integrated })),
  truePeakDbtp: Nullable(Type.Number({ description: peak })),
})

const AlternateView = Type.Object({
  url: Type.String(),
  type: Type.String(),
  bytes: Type.Integer(),
  bitrateKbps: Type.Integer(),
  durationSeconds: Type.Number(),
})

export const AudioView = Type.Object({
  url: Type.String({ description: 'the enclosure' }),
  downloadUrl: Type.String(),
  waveformUrl: Type.Optional(
    Type.String({
      description: "the outline of the audio, JSON as BBC's audiowaveform writes it; absent: none was made",
    }),
  ),
  type: Type.String(),
  bytes: Type.Integer(),
  durationSeconds: Type.Number(),
  bitrateKbps: Type.Integer(),
  channels: Type.Integer(),
  kept: Type.Boolean({ description: "whether its audio frames are the upload's own, bit for bit" }),
  alternates: Type.Array(AlternateView, { description: 'the same audio in other forms, as soon as they are made' }),
  loudness: Type.Object(
    {
      ...Loudness(
        'integrated loudness, LUFS (ITU-R BS.1770-4); null until it is measured, and for silence',
        'highest true peak, dBTP; null likewise',
      ),
      measuredAt: Type.Optional(Instant('when it was measured, a while after the audio is ready; absent: not yet')),
    },
    { description: 'of the finished file' },
  ),
  source: Type.Object(
    Loudness('integrated loudness, LUFS; null: not measured, or silence', 'highest peak, dBTP; null likewise'),
    { description: 'of the recording as it was uploaded' },
  ),
  targetLufs: Nullable(
    Type.Number({ description: 'loudness that it was to be brought to, LUFS; null: left as loud as it was' }),
  ),
  gainDb: Type.Number({ description: 'by how much it was raised, or lowered (below 0), dB' }),
  limitedDb: Type.Number({ description: 'the most that the limiter took from a peak, dB; 0: it was not needed' }),
  shortfallLu: Type.Number({
    description: 'by how much it stays below its target, because more limiting would be heard, LU; 0: it does not',
  }),
})
export type AudioView = Static<typeof AudioView>

export const EpisodeView = Type.Object(
  {
    id: Type.String(),
    showId: Type.String(),
    guid: Type.String(),
    ...EpisodeFields,
    ...EpisodeFeedTags.properties,
    notesHtml: Type.String(),
    summary: Type.String({ description: 'what the notes begin with, in plain words, at most 300 characters' }),
    state: Type.String({ description: 'draft, processing, ready, scheduled, published or failed' }),
    publishAt: Type.Optional(Instant('when it is, or is to be, public')),
    pageUrl: Type.String(),
    ...ArtworkFields,
    audio: Type.Optional(AudioView),
    upload: Type.Optional(Type.Omit(UploadView, ['episodeId'])),
    chapters: Type.Optional(ChaptersSummary),
    transcript: Type.Optional(TranscriptSummary),
    transcription: Type.Optional(TranscriptionView),
    createdAt: Instant('when it was made'),
    updatedAt: Instant('when it was last changed'),
  },
  { $id: 'Episode' },
)
export type EpisodeView = Static<typeof EpisodeView>

export const RenditionView = Type.Object(
  {
    id: Type.String(),
    uploadId: Type.String(),
    filename: Type.String({ description: 'of the recording that was uploaded' }),
    createdAt: Instant('when that recording was uploaded'),
    bytes: Type.Integer(),
    durationSeconds: Type.Number(),
    isCurrent: Type.Boolean({ description: 'whether it is what listeners hear' }),
    retiredAt: Type.Optional(Instant('when other audio took its place')),
    keptUntil: Type.Optional(Instant('until when it can be restored')),
  },
  { $id: 'Rendition' },
)
export type RenditionView = Static<typeof RenditionView>

export const Restoration = Type.Object(
  { id: Type.String({ description: 'of a rendition of this episode' }) },
  { additionalProperties: false },
)

/** What a change of artwork is answered with. */
const MendedFields = {
  mended: Type.Array(Type.String(), { description: 'what was changed of the picture so that it keeps Apple’s rules' }),
}
export const ShowArtworkAnswer = Type.Object({ ...ShowView.properties, ...MendedFields })
export const EpisodeArtworkAnswer = Type.Object({ ...EpisodeView.properties, ...MendedFields })

/** Without a body it means now. */
export const Publication = Type.Union([
  Type.Object(
    { at: Type.Optional(Instant('when to publish; absent: now. A moment in the past back-dates it')) },
    { additionalProperties: false },
  ),
  Type.Null(),
])

export const ShowParams = Type.Object({ showId: Type.String() })
export const EpisodeParams = Type.Object({ episodeId: Type.String() })
