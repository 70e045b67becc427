import { forEach, forSome, type Rule } from './rule.ts'

const source = 'https://support.spotify.com/us/podcasters/article/podcast-specification-doc/'

const taken = new Set(['audio/mpeg', 'audio/x-m4a', 'audio/mp4'])
const timestamp = /\b\d{1,2}:\d{2}\b/

/** What Spotify asks of a feed. */
export const spotifyRules: readonly Rule[] = [
  {
    name: 'audio-type',
    level: 'error',
    source,
    find: (facts) =>
      forEach(
        facts,
        ({ enclosure }) => !taken.has(enclosure.type),
        ({ title, enclosure }) => `Spotify takes MP3 and AAC; “${title}” is ${enclosure.type}.`,
      ),
  },
  {
    name: 'timestamps',
    level: 'hint',
    source,
    find: (facts) =>
      forSome(
        facts,
        ({ chaptersUrl, notesHtml }) => chaptersUrl !== undefined && !timestamp.test(notesHtml),
        (count) =>
          `${count} with chapters that Spotify does not see: it reads them from the notes, as lines like 03:20 Interview.`,
        'notes',
      ),
  },
]
