import { type Static, Type } from '@fastify/type-provider-typebox'
import { HttpsUrl, MediaType, Word } from './feed-tags/kinds.ts'
import { LiveContentLinks, LiveItemFeedTags } from './feed-tags.ts'
import { FeedText, Instant, Removable } from './schemas.ts'

const Stream = Type.Object(
  {
    url: HttpsUrl('where it is heard or seen while it is live'),
    type: MediaType('podcast:liveItem: the type of its enclosure is a media type, like audio/mpeg'),
  },
  { additionalProperties: false },
)

const title = FeedText('what it is called')
const description = Type.String({ maxLength: 4000, description: 'what it is about; at most 4000 bytes (PSP-1)' })
const status = Word(
  ['pending', 'live', 'ended'],
  'podcast:liveItem: status is pending, live or ended',
  'default pending',
)
const startsAt = Instant('when it is to begin')
const endsAt = Instant('when it is to end')

const { contentLinks: _, ...otherTags } = LiveItemFeedTags.properties

export const NewLiveItem = Type.Object(
  {
    title,
    description: Type.Optional(description),
    status: Type.Optional(status),
    startsAt,
    endsAt: Type.Optional(endsAt),
    stream: Stream,
    contentLinks: LiveContentLinks,
    ...otherTags,
  },
  { additionalProperties: false },
)
export type NewLiveItem = Static<typeof NewLiveItem>

export const LiveItemChanges = Type.Object(
  {
    ...Type.Partial(
      Type.Object({ title, description, status, startsAt, stream: Stream, contentLinks: LiveContentLinks }),
    ).properties,
    ...Removable({ endsAt, ...otherTags }),
  },
  { additionalProperties: false },
)
export type LiveItemChanges = Static<typeof LiveItemChanges>

export const LiveItemView = Type.Object(
  {
    id: Type.String(),
    showId: Type.String(),
    guid: Type.String({ description: 'its guid in the feed: it never changes' }),
    title,
    description,
    status,
    startsAt,
    endsAt: Type.Optional(endsAt),
    stream: Stream,
    contentLinks: LiveContentLinks,
    ...otherTags,
    createdAt: Instant('when it was made'),
    updatedAt: Instant('when it was last changed'),
  },
  { $id: 'LiveItem' },
)
export type LiveItemView = Static<typeof LiveItemView>

export const LiveItemParams = Type.Object({ liveItemId: Type.String() })
