import type { EpisodeFeedTags, ShowFeedTags } from '../../src/shows/feed-tags.ts'

/** What `show.json` holds; the fields are those of the API, and the file names are relative to it. */
export type SampleShow = Readonly<{
  title: string
  slug: string
  description: string
  language: string
  /** A name of Apple's list. */
  category: string
  explicit: boolean
  author: string
  ownerEmail: string
  type: 'episodic' | 'serial'
  artwork: string
  episodes: readonly SampleEpisode[]
}> &
  ShowFeedTags

export type SampleEpisode = Readonly<{
  title: string
  slug: string
  season: number
  number: number
  type: 'full' | 'trailer' | 'bonus'
  /** Markdown. */
  notes: string
  recording: string
  /** Counted from the station's first start. */
  publishedDaysAgo: number
}> &
  EpisodeFeedTags

const waveNotes = `A minute about one number on an old dial, and why a wave that long goes so far.

## What you hear

- 0:03 Six pips; the hour begins where the last, long one begins
- 0:10 Good evening
- 0:18 How long is a wave?
- 0:37 A field in Worcestershire
- 0:57 Far away, somebody spells a word in [Morse code](https://en.wikipedia.org/wiki/Morse_code). Can you read it?

## The numbers

In Europe, [longwave](https://en.wikipedia.org/wiki/Longwave) broadcasting has the frequencies from 148.5 to 283.5 kilohertz. Its channels are nine kilohertz apart, planned on multiples of nine: 153, 162, 171, and so on up to 279. That is room for fifteen channels on a whole continent.

Divide the speed of light by 198 kilohertz and you get **1,514 metres**: one wave of the station that Britain heard for decades from [Droitwich](https://en.wikipedia.org/wiki/Droitwich_Transmitting_Station), which opened in 1934.

Waves of this size hug the ground. By night a second path opens: the lowest layer of the [ionosphere](https://en.wikipedia.org/wiki/Ionosphere), which swallows them while the sun is up, fades, and the layers above send them back to earth far away.

## The pips

The [Greenwich Time Signal](https://en.wikipedia.org/wiki/Greenwich_Time_Signal) was first broadcast on 5 February 1924. Five pips last a tenth of a second each, the sixth half a second. Ours are only for the pleasure of it: please do not set your watch by them.
`

const forecastNotes = `Many people who own no boat fall asleep to the [Shipping Forecast](https://en.wikipedia.org/wiki/Shipping_Forecast). Here is what its words mean.

## What you hear

- 0:01 A horn in the fog
- 0:09 Good evening
- 0:17 The order of things
- 0:31 Wind, sea, weather, visibility
- 0:42 Five words to remember

## Words with exact meanings

1. **Good**: you can see more than five nautical miles. **Moderate**: two to five. **Poor**: less than two, but at least 1,000 metres. Below that it is **very poor**.
2. **Imminent**: within six hours of the time of issue. **Soon**: six to twelve. **Later**: more than twelve.
3. **Gale**: force 8 on the [Beaufort scale](https://en.wikipedia.org/wiki/Beaufort_scale), a mean wind of 34 to 40 knots.
4. **Backing**: the wind changes anticlockwise, say from west to south. **Veering** is the other way round.

## Thirty-one names

The sea areas begin with Viking and end with Southeast Iceland. One of them honours a forecaster: Finisterre became FitzRoy in 2002, for [Robert FitzRoy](https://en.wikipedia.org/wiki/Robert_FitzRoy), who founded what is now the Met Office.

## One tall mast

Waves this long ask for tall masts. The tallest of all stood at [Konstantynów](https://en.wikipedia.org/wiki/Warsaw_radio_mast) in Poland: 646 metres, on longwave, finished in 1974. It was the tallest structure on earth until it fell on 8 August 1991.
`

export const sampleShow: SampleShow = {
  title: 'Longwave After Dark',
  slug: 'longwave-after-dark',
  description:
    'Small, quiet programmes about radio at night: the long waves between 148 and 283 kilohertz, the masts that sent them, the pips, the forecast for ships, and what all those numbers mean. Best heard with the light off.',
  language: 'en-GB',
  category: 'Technology',
  explicit: false,
  author: 'The Night Watch',
  ownerEmail: 'nightwatch@example.com',
  type: 'episodic',
  // Everybody's first station has it: no directory shall list it.
  blocked: true,
  medium: 'podcast',
  furtherCategories: ['History', 'Science > Physics'],
  people: [
    { name: 'The Night Watch', role: 'host', group: 'cast', url: 'https://example.com/night-watch' },
    { name: 'The Machine', role: 'narrator', group: 'cast' },
    { name: 'A Wet Pencil', role: 'writer', group: 'writing' },
  ],
  locations: [{ name: 'Droitwich Transmitting Station', rel: 'subject', geo: 'geo:52.2951,-2.1058', country: 'GB' }],
  funding: [{ url: 'https://example.com/lamp-oil', label: 'Buy the watch some lamp oil' }],
  license: { name: 'mit' },
  seasons: [{ number: 1, name: 'The Old Dial' }],
  updateFrequency: { label: 'Whenever the night is long enough' },
  artwork: 'artwork.jpg',
  episodes: [
    {
      title: 'One Hundred and Ninety-Eight',
      slug: 'one-hundred-and-ninety-eight',
      season: 1,
      number: 1,
      type: 'full',
      soundbites: [{ startSeconds: 18, durationSeconds: 19, title: 'How long is a wave?' }],
      notes: waveNotes,
      recording: 'episode-1.ogg',
      publishedDaysAgo: 8,
    },
    {
      title: 'Good, Occasionally Poor',
      slug: 'good-occasionally-poor',
      season: 1,
      number: 2,
      type: 'full',
      locations: [
        { name: 'Konstantynów radio mast', rel: 'subject', geo: 'geo:52.3669,19.8022', country: 'PL' },
        { name: 'The sea areas around the British Isles', rel: 'subject' },
      ],
      soundbites: [{ startSeconds: 17, durationSeconds: 25, title: 'The order of things' }],
      notes: forecastNotes,
      recording: 'episode-2.m4a',
      publishedDaysAgo: 1,
    },
  ],
}
