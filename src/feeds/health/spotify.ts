import type { EpisodeRule, ShowRule } from './rule.ts'

const spotify = {
  authority: 'Spotify',
  source: 'Spotify for Creators, Podcast specification',
} as const

const coverBytes = 512 * 1024

/** MP3 and AAC. */
const audioTypes = ['audio/mpeg', 'audio/m4a', 'audio/x-m4a', 'audio/mp4', 'audio/aac']

/** What Spotify asks of a show. */
export const spotifyShowRules: readonly ShowRule[] = [
  {
    ...spotify,
    id: 'spotify-owner-email',
    level: 'error',
    field: 'ownerEmail',
    objection: ({ model: { ownerEmail } }) =>
      ownerEmail.trim() === ''
        ? 'The show has no e-mail address of its owner. Fill it in: Spotify sends a code there when you claim the show.'
        : undefined,
  },
  {
    ...spotify,
    id: 'spotify-cover-bytes',
    level: 'hint',
    objection: ({ cover }) =>
      cover && cover.bytes > coverBytes
        ? `The cover has ${Math.ceil(cover.bytes / 1024)} KB; above ${coverBytes / 1024} some apps are slow to show it. Upload one with less detail.`
        : undefined,
  },
  {
    ...spotify,
    id: 'spotify-limit',
    level: 'hint',
    field: 'spotify',
    objection({ model, episodes }) {
      const recent = model.tags.spotify?.recentCount
      if (recent === undefined || recent >= episodes.length) return undefined
      return `Spotify shows only the newest ${recent} of ${episodes.length} episodes (spotify:limit). Take recentCount away to show all.`
    },
  },
]

/** What Spotify asks of an episode. */
export const spotifyEpisodeRules: readonly EpisodeRule[] = [
  {
    ...spotify,
    id: 'spotify-audio-type',
    level: 'error',
    objection: ({ item: { enclosure } }) =>
      audioTypes.includes(enclosure.type) || enclosure.type.startsWith('video/')
        ? undefined
        : `The audio is of type ${enclosure.type}, and Spotify takes MP3 and AAC alone. Upload the recording again, to have an MP3 made.`,
  },
]
