import { forEach, forSome, type Rule, repeated, when } from './rule.ts'

const requirements = 'https://podcasters.apple.com/support/823-podcast-requirements'
const artwork = 'https://podcasters.apple.com/support/896-artwork-requirements'
const audio = 'https://podcasters.apple.com/support/893-audio-requirements'

const preferredPixels = 3000
/** Of the document as it is sent compressed: about a megabyte of XML. */
const heavyGzipBytes = 200_000
const loudnessTolerance = 1.5
const lowestKbps = { mono: 32, stereo: 64 }

const extensions: Readonly<Record<string, RegExp>> = {
  'audio/mpeg': /\.mp3$/,
  'audio/x-m4a': /\.m4a$/,
  'audio/mp4': /\.m4a$/,
}

/** What Apple Podcasts asks of feeds, pictures and audio. */
export const appleRules: readonly Rule[] = [
  {
    name: 'episodes',
    level: 'error',
    source: requirements,
    find: ({ items }) => when(items.length === 0, 'Nothing is published yet: a feed needs one episode to be taken.'),
  },
  {
    name: 'cover',
    level: 'error',
    source: artwork,
    find: ({ coverPixels }) =>
      when(
        coverPixels === undefined,
        'The show has no cover of its own yet: upload one of 3000 × 3000 pixels.',
        'artwork',
      ),
  },
  {
    name: 'cover-size',
    level: 'hint',
    source: artwork,
    find: ({ coverPixels = preferredPixels }) =>
      when(
        coverPixels < preferredPixels,
        `The cover has ${coverPixels} × ${coverPixels} pixels: 3000 × 3000 look best on large screens.`,
        'artwork',
      ),
  },
  {
    name: 'block',
    level: 'warning',
    source: requirements,
    find: ({ model }) =>
      when(
        model.tags.blocked === true,
        'Directories are told not to list this show (itunes:block): set blocked to false.',
        'blocked',
      ),
  },
  {
    name: 'complete',
    level: 'hint',
    source: requirements,
    find: ({ model }) =>
      when(
        model.tags.complete === true,
        'The show says that it has ended: apps ask for it no more. Right?',
        'complete',
      ),
  },
  {
    name: 'first-category',
    level: 'hint',
    source: requirements,
    find: ({ model }) =>
      when(
        (model.tags.furtherCategories ?? []).length > 0,
        'Apple reads the first category alone: that one should say most.',
        'furtherCategories',
      ),
  },
  {
    name: 'one-page',
    level: 'warning',
    source: requirements,
    find: ({ items, pageSize }) =>
      when(
        items.length > pageSize,
        `Apple shows what is on the first page of the feed alone: the newest ${pageSize} of ${items.length} episodes. Raise feedPageSize to show more.`,
        'feedPageSize',
      ),
  },
  {
    name: 'feed-size',
    level: 'warning',
    source: requirements,
    find: ({ gzipBytes = 0 }) =>
      when(
        gzipBytes > heavyGzipBytes,
        `The first page of the feed has ${Math.round(gzipBytes / 1000)} kB compressed: large ones are read seldom or refused. Lower feedPageSize.`,
        'feedPageSize',
      ),
  },
  {
    name: 'enclosure-type',
    level: 'error',
    source: audio,
    find: (facts) =>
      forEach(
        facts,
        ({ enclosure }) => !(extensions[enclosure.type]?.test(pathOf(enclosure.url)) ?? false),
        ({ title, enclosure }) =>
          `The audio of “${title}” is ${enclosure.type} at an address that does not say so: upload it again.`,
      ),
  },
  {
    name: 'ascii-address',
    level: 'error',
    source: requirements,
    find: (facts) =>
      forEach(
        facts,
        ({ enclosure }) => /[^\x21-\x7e]/.test(enclosure.url),
        ({ title }) => `The address of the audio of “${title}” has characters beyond ASCII.`,
      ),
  },
  {
    name: 'repeated-enclosure',
    level: 'error',
    source: requirements,
    find: ({ items }) =>
      repeated(items, ({ enclosure }) => enclosure.url).map(({ title, episodeId }) => ({
        message: `“${title}” has the same audio address as another episode, and will be passed over.`,
        episodeId,
      })),
  },
  {
    name: 'repeated-number',
    level: 'warning',
    source: requirements,
    find: ({ items }) =>
      repeated(items, ({ type, season, number }) =>
        type !== 'full' || number === undefined ? undefined : `${season ?? ''}/${number}`,
      ).map(({ title, episodeId }) => ({
        message: `“${title}” has the same number as another episode of its season.`,
        field: 'number',
        episodeId,
      })),
  },
  {
    name: 'bit-rate',
    level: 'warning',
    source: audio,
    find: (facts) =>
      forEach(
        facts,
        ({ enclosure, channels }) => enclosure.bitrateKbps < (channels === 1 ? lowestKbps.mono : lowestKbps.stereo),
        ({ title, enclosure }) =>
          `“${title}” has ${enclosure.bitrateKbps} kb/s: Apple asks for 64 for stereo, 32 for mono. Upload it again with a higher bit rate.`,
      ),
  },
  {
    name: 'loudness',
    level: 'hint',
    source: audio,
    find: (facts) =>
      forEach(
        facts,
        ({ lufs, channels }) => lufs !== null && Math.abs(lufs - (channels === 1 ? -19 : -16)) > loudnessTolerance,
        ({ title, lufs, channels }) =>
          `“${title}” has ${lufs?.toFixed(1)} LUFS; about ${channels === 1 ? '−19 for mono' : '−16'} is asked for.`,
      ),
  },
  {
    name: 'transcript',
    level: 'hint',
    source: 'https://podcasters.apple.com/support/5316-transcripts-on-apple-podcasts',
    find: (facts) =>
      forSome(
        facts,
        ({ transcripts }) => transcripts.length === 0,
        (count) => `${count} without a transcript of your own: Apple writes one, with its mistakes.`,
      ),
  },
]

const pathOf = (url: string) => (URL.canParse(url) ? new URL(url).pathname : url)
