import { type Static, Type } from '@fastify/type-provider-typebox'
import { AlternateEnclosure } from './feed-tags/alternate-enclosure.ts'
import { Chat } from './feed-tags/chat.ts'
import { ContentLink } from './feed-tags/content-link.ts'
import { Funding } from './feed-tags/funding.ts'
import { Image } from './feed-tags/image.ts'
import { ListOf } from './feed-tags/kinds.ts'
import { License } from './feed-tags/license.ts'
import { Location } from './feed-tags/location.ts'
import { Medium } from './feed-tags/medium.ts'
import { Numbering } from './feed-tags/numbering.ts'
import { Person } from './feed-tags/person.ts'
import { PlatformBlock } from './feed-tags/platform-block.ts'
import { Publisher, RemoteItem } from './feed-tags/remote-item.ts'
import { Season } from './feed-tags/season.ts'
import { SocialInteract } from './feed-tags/social-interact.ts'
import { Soundbite } from './feed-tags/soundbite.ts'
import { Spotify } from './feed-tags/spotify.ts'
import { Txt } from './feed-tags/txt.ts'
import { UpdateFrequency } from './feed-tags/update-frequency.ts'
import { Value } from './feed-tags/value.ts'

/** What shows, episodes and live items may all say. An item's people and value take the place of the show's. */
const everywhere = {
  people: ListOf(Person, 100, 'podcast:person: at most 100 people', 'who makes it, and who is heard (podcast:person)'),
  locations: ListOf(Location, 20, 'podcast:location: at most 20 places', 'where it was made, and what it is about'),
  funding: ListOf(Funding, 20, 'podcast:funding: at most 20 ways', 'ways to support it'),
  license: License,
  value: Value,
  socialInteract: ListOf(SocialInteract, 20, 'podcast:socialInteract: at most 20 posts', 'where listeners comment'),
  chat: Chat,
  texts: ListOf(Txt, 50, 'podcast:txt: at most 50 texts', 'free text for programs (podcast:txt)'),
  images: ListOf(Image, 20, 'podcast:image: at most 20 pictures', 'pictures for other purposes than the cover'),
}

/** Of a show: what its feed says beyond the fields that every show has. Each is absent until somebody sets it. */
export const ShowFeedTags = Type.Partial(
  Type.Object({
    ...everywhere,
    furtherCategories: ListOf(
      Type.String(),
      8,
      'at most 8 further categories',
      'after the first, in order of priority',
    ),
    complete: Type.Boolean({ description: 'there will never be another episode (itunes:complete)' }),
    blocked: Type.Boolean({ description: 'directories shall not list it (itunes:block)' }),
    locked: Type.Boolean({ description: 'no other host may import it (podcast:locked); absent: true' }),
    medium: Medium,
    seasons: ListOf(Season, 500, 'podcast:season: at most 500 seasons', 'names of seasons'),
    podroll: ListOf(RemoteItem, 100, 'podcast:podroll: at most 100 shows', 'shows that it recommends'),
    remoteItems: ListOf(
      RemoteItem,
      1000,
      'podcast:remoteItem: at most 1000 items',
      'items of other feeds, for a medium that is a list',
    ),
    publisher: Publisher,
    platformBlocks: ListOf(
      PlatformBlock,
      50,
      'podcast:block: at most 50 platforms',
      'platforms that shall not show it',
    ),
    updateFrequency: UpdateFrequency,
    spotify: Spotify,
  }),
)
export type ShowFeedTags = Static<typeof ShowFeedTags>

/** Of an episode. */
export const EpisodeFeedTags = Type.Partial(
  Type.Object({
    ...everywhere,
    blocked: Type.Boolean({ description: 'directories shall not list it (itunes:block)' }),
    numbering: Numbering,
    soundbites: ListOf(Soundbite, 50, 'podcast:soundbite: at most 50 passages', 'passages for previews'),
    contentLinks: ListOf(ContentLink, 20, 'podcast:contentLink: at most 20 links', 'where else it can be heard'),
    alternateEnclosures: ListOf(
      AlternateEnclosure,
      20,
      'podcast:alternateEnclosure: at most 20 forms',
      'other forms that are kept elsewhere',
    ),
  }),
)
export type EpisodeFeedTags = Static<typeof EpisodeFeedTags>

/** Apps that cannot play a stream lead listeners there, so a live item always has one. */
export const LiveContentLinks = Type.Array(ContentLink, {
  minItems: 1,
  maxItems: 20,
  rule: 'podcast:liveItem: at least one contentLink',
})

/** Of a live item (`podcast:liveItem`). */
export const LiveItemFeedTags = Type.Partial(
  Type.Object({
    ...everywhere,
    contentLinks: LiveContentLinks,
    alternateEnclosures: EpisodeFeedTags.properties.alternateEnclosures,
  }),
)
export type LiveItemFeedTags = Static<typeof LiveItemFeedTags>

/** The tags of a row: they were checked when they were written. */
export const parseTags = <Tags>({ feedTags }: Readonly<{ feedTags: string }>): Tags => JSON.parse(feedTags)
