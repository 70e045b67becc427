import { setImmediate } from 'node:timers/promises'
import { chaptersUrl, episodeUrl, showUrl } from '../core/addresses.ts'
import type { App } from '../core/app.ts'
import { alternateFile } from '../shows/alternate.ts'
import { coverUrl } from '../shows/artwork.ts'
import { effectiveChapters } from '../shows/chapter-list.ts'
import type { Episode } from '../shows/episode.ts'
import { enclosureFile, isPublic } from '../shows/episode-state.ts'
import { type EpisodeFeedTags, parseTags } from '../shows/feed-tags.ts'
import type { ToldRendition } from '../shows/rendition.ts'
import { transcriptFiles } from '../shows/transcript-forms.ts'
import { addressesOf, type FeedAddresses } from './feed-addresses.ts'
import type { FeedFile, FeedItem } from './feed-model.ts'
import type { FeedSource } from './feed-source.ts'
import { momentFor, type Variant } from './variants.ts'

/** Made between two looks at what else there is to do. */
const atOnce = 50

type Making = Readonly<{ app: App; source: FeedSource; variant: Variant; addresses: FeedAddresses; now: number }>

/** The items of a variant at that moment (epoch ms), newest first. It never holds its thread for long. */
export async function makeItems(app: App, source: FeedSource, variant: Variant, now: number): Promise<FeedItem[]> {
  const making = { app, source, variant, addresses: addressesOf(app, source.show, variant), now }
  const moment = momentFor(variant, now)
  const episodes = source.episodes.filter((episode) => isPublic(episode, moment))
  const items: FeedItem[] = []
  for (const [index, episode] of episodes.entries()) {
    const rendition = source.renditions.get(episode.renditionId ?? '')
    if (rendition) items.push(itemOf(making, episode, rendition))
    if (index % atOnce === atOnce - 1) await setImmediate()
  }
  return items
}

function itemOf(making: Making, episode: Episode, rendition: ToldRendition): FeedItem {
  const { app, source, variant, addresses, now } = making
  const { show, alternates, artworks } = source
  const isEarly = !isPublic(episode, now)
  const alternate = alternates.get(rendition.id)
  const artwork = artworks.get(episode.artworkId ?? '')
  return {
    guid: episode.guid,
    title: episode.title ?? '',
    // What others may not see yet has no page.
    link: isEarly ? showUrl(app.config, show.slug) : episodeUrl(app.config, show.slug, episode.slug),
    notesHtml: episode.notesHtml,
    summary: episode.summary,
    // Apps hide what has a date to come.
    publishedAt: (episode.publishAt ?? 0) - variant.earlySeconds * 1000,
    enclosure: fileOf(addresses.enclosure(episode.id, enclosureFile(episode)), rendition),
    alternate: alternate && fileOf(addresses.enclosure(episode.id, alternateFile(episode, alternate)), alternate),
    durationSeconds: rendition.durationSeconds,
    imageUrl: artwork && coverUrl(app.config, artwork),
    explicit: (episode.explicit ?? show.explicit) === 1,
    season: episode.season ?? undefined,
    number: episode.number ?? undefined,
    type: episode.type,
    ...(isEarly ? noTexts : textsOf(making, episode, rendition)),
    tags: parseTags<EpisodeFeedTags>(episode),
  }
}

type Texts = Pick<FeedItem, 'chaptersUrl' | 'transcripts'>

/** Their addresses are open to everybody, and answer from the public moment on. */
const noTexts: Texts = { chaptersUrl: undefined, transcripts: [] }

function textsOf({ app: { config }, source }: Making, episode: Episode, rendition: ToldRendition): Texts {
  const chapters = effectiveChapters(episode, source.chapters.get(episode.id), rendition)
  const transcript = source.transcripts.get(episode.id)
  return {
    chaptersUrl: chapters && chaptersUrl(config, episode.id),
    transcripts: transcript
      ? transcriptFiles(config, episode.id, transcript.origin).map((file) => ({
          ...file,
          language: transcript.language,
        }))
      : [],
  }
}

const fileOf = (url: string, { bytes, type, bitrateKbps, sha384 }: ToldRendition): FeedFile => ({
  url,
  bytes,
  type,
  bitrateKbps,
  sha384: sha384 ?? undefined,
})
