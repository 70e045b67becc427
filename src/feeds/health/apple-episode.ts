import { numberOf } from './inspected-show.ts'
import type { EpisodeRule } from './rule.ts'

const requirements = {
  authority: 'Apple',
  source: 'https://podcasters.apple.com/support/823-podcast-requirements',
} as const
const sound = { authority: 'Apple', source: 'https://podcasters.apple.com/support/893-audio-requirements' } as const

/** Types that Apple takes, and how the names of their files end. */
const extensions: Readonly<Record<string, readonly string[]>> = {
  'audio/mpeg': ['mp3'],
  'audio/x-m4a': ['m4a'],
  'video/quicktime': ['mov'],
  'video/mp4': ['mp4'],
  'video/x-m4v': ['m4v'],
  'application/pdf': ['pdf'],
}

const leastSampleRateHz = 44_100
const leastKbps = { mono: 32, stereo: 64 } as const

/** Quietest and loudest that is still near what Apple recommends: -16 LUFS, mono often -19; 2 LU to both sides. */
const loudness = { mono: [-21, -14], stereo: [-18, -14] } as const

/** Apple asks for -1 dBTP; what an MP3 decodes to may stand a tenth higher. */
const mostPeakDbtp = -0.9

const soundOf = (channels: number) => (channels === 1 ? 'mono' : 'stereo')

/** What Apple Podcasts asks of an episode. */
export const appleEpisodeRules: readonly EpisodeRule[] = [
  {
    ...requirements,
    id: 'apple-enclosure-type',
    level: 'error',
    objection: ({ item: { enclosure } }) =>
      enclosure.type in extensions
        ? undefined
        : `The audio is of type ${enclosure.type}, which Apple does not take. Upload the recording again, to have an MP3 made.`,
  },
  {
    ...requirements,
    id: 'apple-enclosure-extension',
    level: 'error',
    objection({ item: { enclosure } }) {
      const endings = extensions[enclosure.type]
      const ending = /\.(\w+)$/.exec(new URL(enclosure.url).pathname)?.[1]?.toLowerCase() ?? ''
      if (!endings || endings.includes(ending)) return undefined
      return `The address of the audio does not end in .${endings[0]}, so Apple passes the episode over: ${enclosure.url}. If a prefix stands before it, take one that keeps the ending.`
    },
  },
  {
    ...requirements,
    id: 'apple-ascii-address',
    level: 'error',
    objection: ({ item: { enclosure } }) =>
      /^[\x21-\x7e]*$/.test(enclosure.url)
        ? undefined
        : `The address of the audio has letters beyond ASCII: ${enclosure.url}. Write them in percent.`,
  },
  {
    ...requirements,
    id: 'apple-enclosure-once',
    level: 'error',
    objection: ({ item: { enclosure } }, { shared }) =>
      (shared.enclosures.get(enclosure.url) ?? 0) > 1
        ? 'Another episode has the same audio address: Apple shows only one of them. Give each a recording of its own.'
        : undefined,
  },
  {
    ...requirements,
    id: 'apple-date',
    level: 'warning',
    objection: ({ item: { publishedAt } }, { now }) =>
      publishedAt > now
        ? 'The date of publication lies in the future: apps may hide the episode until then. Publish it now, or wait.'
        : undefined,
  },
  {
    ...requirements,
    id: 'apple-number-once',
    level: 'warning',
    field: 'number',
    objection: ({ item }, { shared }) =>
      item.type === 'full' && (shared.numbers.get(numberOf(item) ?? '') ?? 0) > 1
        ? `Another episode has number ${item.number} too${item.season === undefined ? '' : ` in season ${item.season}`}. Give each a number of its own.`
        : undefined,
  },
  {
    ...requirements,
    id: 'apple-trailer-number',
    level: 'hint',
    field: 'number',
    objection: ({ item }, { shared }) =>
      item.type === 'trailer' && item.number !== undefined && !shared.numbers.has(numberOf(item) ?? '')
        ? `This trailer is for episode ${item.number}, which is not published. A trailer of a season has no number, one of the show has no season either.`
        : undefined,
  },
  {
    ...sound,
    id: 'apple-duration',
    level: 'warning',
    objection: ({ item: { durationSeconds } }) =>
      durationSeconds < 1 ? 'The audio is shorter than a second. Upload the whole recording.' : undefined,
  },
  {
    ...sound,
    id: 'apple-bit-rate',
    level: 'warning',
    objection({ item: { enclosure }, audio: { channels } }) {
      const least = leastKbps[soundOf(channels)]
      if (enclosure.bitrateKbps >= least) return undefined
      return `The audio has ${enclosure.bitrateKbps} kb/s; Apple asks for ${least} at least in ${soundOf(channels)}. Raise the bit rate of the show, then upload the recording again.`
    },
  },
  {
    ...sound,
    id: 'apple-sample-rate',
    level: 'warning',
    objection: ({ audio: { sampleRateHz } }) =>
      sampleRateHz < leastSampleRateHz
        ? `The audio has ${sampleRateHz} samples a second; Apple asks for ${leastSampleRateHz} at least. Upload a recording with more.`
        : undefined,
  },
  {
    ...sound,
    id: 'apple-loudness',
    level: 'warning',
    objection({ audio: { lufs, channels } }) {
      const [quietest, loudest] = loudness[soundOf(channels)]
      if (lufs === null || (lufs >= quietest && lufs <= loudest)) return undefined
      return `The audio is too ${lufs < quietest ? 'quiet' : 'loud'}: ${lufs.toFixed(1)} LUFS; Apple recommends about -16. Have the show's loudness set, then upload the recording again.`
    },
  },
  {
    ...sound,
    id: 'apple-true-peak',
    level: 'hint',
    objection: ({ audio: { peakDbtp } }) =>
      peakDbtp !== null && peakDbtp > mostPeakDbtp
        ? `The loudest moment is at ${peakDbtp.toFixed(1)} dBTP; above -1 it may crackle on some players. Have the show's loudness set, then upload the recording again.`
        : undefined,
  },
]
