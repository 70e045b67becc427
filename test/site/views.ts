import type { EpisodeView, ShowView } from '../../src/shows/schemas.ts'

export const station = { publicUrl: 'https://radio.example.com' }

const at = '2026-02-03T04:05:06.000Z'

export const showView = (fields: Partial<ShowView> = {}): ShowView => ({
  id: 'show-1',
  slug: 'night-trains',
  guid: 'guid-1',
  title: 'Night Trains',
  description: 'Sleeping cars and those who ride in them.',
  language: 'en',
  category: 'Society & Culture > Places & Travel',
  explicit: false,
  author: 'Ada',
  ownerEmail: 'ada@example.com',
  type: 'episodic',
  copyright: null,
  stereoKbps: 128 as ShowView['stereoKbps'],
  monoKbps: 96 as ShowView['monoKbps'],
  stereoLufs: -16,
  monoLufs: -19,
  feedUrl: `${station.publicUrl}/shows/night-trains/feed.xml`,
  pageUrl: `${station.publicUrl}/shows/night-trains`,
  artworkUrl: `${station.publicUrl}/artwork/a/cover.jpg`,
  artworkSizes: [3000, 1400, 600, 300],
  createdAt: at,
  updatedAt: at,
  ...fields,
})

export const episodeView = (fields: Partial<EpisodeView> = {}): EpisodeView => ({
  id: 'episode-1',
  showId: 'show-1',
  slug: 'to-narvik',
  guid: 'guid-2',
  title: 'To Narvik',
  notes: 'At 12:34 it snows.',
  notesHtml: '<p>At 12:34 it snows.</p>',
  summary: 'At 12:34 it snows.',
  season: 2,
  number: 7,
  type: 'full',
  explicit: null,
  state: 'published',
  publishAt: at,
  pageUrl: `${station.publicUrl}/shows/night-trains/episodes/to-narvik`,
  artworkUrl: `${station.publicUrl}/artwork/a/cover.jpg`,
  artworkSizes: [3000, 1400, 600, 300],
  audio: {
    url: `${station.publicUrl}/audio/episode-1/to-narvik.mp3`,
    downloadUrl: `${station.publicUrl}/download/episode-1/to-narvik.mp3`,
    type: 'audio/mpeg',
    bytes: 12_345_678,
    durationSeconds: 1029,
    bitrateKbps: 96,
    channels: 1,
  },
  createdAt: at,
  updatedAt: at,
  ...fields,
})
