import type { EpisodeView, ShowView } from '../shows/schemas.ts'
import { isoDuration } from './formats.ts'

/** What search engines read of a page (schema.org, as JSON-LD). */
export type LinkedData = Readonly<Record<string, unknown>>

export const showLinkedData = (show: ShowView): LinkedData => ({ '@context': 'https://schema.org', ...series(show) })

export const episodeLinkedData = (show: ShowView, episode: EpisodeView): LinkedData => ({
  '@context': 'https://schema.org',
  '@type': 'PodcastEpisode',
  url: episode.pageUrl,
  name: episode.title,
  description: episode.summary,
  datePublished: episode.publishAt,
  image: episode.artworkUrl,
  inLanguage: show.language,
  ...(episode.number !== null && { episodeNumber: episode.number }),
  ...(episode.season !== null && { partOfSeason: { '@type': 'PodcastSeason', seasonNumber: episode.season } }),
  ...(episode.audio && {
    timeRequired: isoDuration(episode.audio.durationSeconds),
    associatedMedia: {
      '@type': 'AudioObject',
      contentUrl: episode.audio.url,
      encodingFormat: episode.audio.type,
      contentSize: String(episode.audio.bytes),
      duration: isoDuration(episode.audio.durationSeconds),
    },
  }),
  partOfSeries: series(show),
})

/** As an element for the head. `<` is escaped: a title cannot end the script. */
export const linkedDataScript = (data: LinkedData): string =>
  `<script type="application/ld+json">${JSON.stringify(data).replace(/</g, '\\u003c')}</script>`

const series = (show: ShowView) => ({
  '@type': 'PodcastSeries',
  url: show.pageUrl,
  name: show.title,
  description: show.description,
  image: show.artworkUrl,
  inLanguage: show.language,
  author: { '@type': 'Organization', name: show.author },
  webFeed: show.feedUrl,
})
