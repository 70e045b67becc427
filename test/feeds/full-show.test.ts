import { parseFeed } from 'podcast-partytime'
import t from 'tap'
import { feedXml } from '../../src/feeds/feed-xml.ts'
import { fullItem, fullLiveItem, fullShow } from '../fixtures/full-show.ts'
import { readBack } from '../fixtures/read-back.ts'
import { toldBy } from '../fixtures/told-by.ts'

const modifiedAt = Date.parse('2026-03-01T12:00:00Z')
const xml = feedXml(fullShow, modifiedAt)

t.test('feedsmith gives a show back whole that uses every tag', async (t) => {
  const read = readBack(xml)
  const told = toldBy(fullShow, modifiedAt)
  t.strictSame(read.channel, told.channel)
  t.strictSame(read.items, told.items)
  t.strictSame(read.liveItems, told.liveItems)
})

/**
 * podcast-partytime does not know podcast:image, updateFrequency, podping, a show's socialInteract, an episode's contentLink and
 * funding, Spotify's tags, and alternate enclosures without a length; it reads one place, and one value, of several.
 */
t.test('podcast-partytime gives back all of it that it knows', async (t) => {
  const feed = parseFeed(xml)
  t.match(feed, {
    title: fullShow.title,
    description: fullShow.description,
    link: fullShow.link,
    language: fullShow.language,
    copyright: fullShow.copyright,
    author: fullShow.author,
    owner: { name: fullShow.author, email: fullShow.ownerEmail },
    explicit: false,
    itunesType: 'serial',
    itunesCategory: ['Society & Culture > Places & Travel', 'Technology', 'Arts > Design'],
    itunesImage: fullShow.imageUrl,
    itunesNewFeedUrl: fullShow.newFeedUrl,
    itunesBlock: true,
    itunesComplete: true,
    pubsub: { self: fullShow.feedUrl, hub: fullShow.hubs[0], next: fullShow.pages?.next },
    locked: false,
    podcastOwner: fullShow.ownerEmail,
    guid: fullShow.guid,
    medium: 'podcast',
    trailers: [{ title: 'Trailer of season 2', type: 'audio/mpeg', length: 12_345_678, season: 2 }],
    podcastPublisher: { feedUrl: fullShow.tags.publisher?.feedUrl },
    podroll: fullShow.tags.podroll,
    podcastRemoteItems: fullShow.tags.remoteItems?.map(({ feedGuid, itemGuid }) => ({ feedGuid, itemGuid })),
    ...knownOf('show'),
  })
  t.match(feed?.items[0], {
    guid: fullItem.guid,
    title: fullItem.title,
    link: fullItem.link,
    enclosure: { url: fullItem.enclosure.url, length: fullItem.enclosure.bytes, type: fullItem.enclosure.type },
    duration: 1029,
    explicit: true,
    itunesImage: fullItem.imageUrl,
    itunesSeason: 2,
    itunesEpisode: 7,
    podcastSeason: { number: 2, name: 'The “second” one' },
    podcastEpisode: { number: 315.5, display: 'Ch. 3' },
    podcastChapters: { url: fullItem.chaptersUrl, type: 'application/json+chapters' },
    podcastTranscripts: fullItem.transcripts.map(({ url, language }) => ({ url, language })),
    podcastSoundbites: [
      { startTime: 73.25, duration: 60, title: 'Why “so”?' },
      { startTime: 1, duration: 15 },
    ],
    alternativeEnclosures: [
      { type: 'audio/mpeg', default: true, bitrate: 128_000, integrity: { type: 'sri' } },
      { type: 'audio/x-m4a', default: false, bitrate: 96_000, integrity: { type: 'sri' } },
      { type: 'video/mp4', height: 1080, title: 'Full HD', integrity: { type: 'pgp-signature' } },
    ],
    podcastSocialInteraction: [
      { platform: 'activitypub', id: '@ann', url: 'https://radio.example.com/@episode/1', priority: 1 },
    ],
    ...knownOf('episode'),
  })
  t.match(feed?.podcastLiveItems, [
    {
      status: 'live',
      start: new Date(fullLiveItem.startsAt),
      end: new Date(fullLiveItem.endsAt ?? 0),
      guid: fullLiveItem.guid,
      title: fullLiveItem.title,
      enclosure: { url: fullLiveItem.stream.url, type: 'audio/mpeg' },
      contentLinks: [{ url: fullLiveItem.tags.contentLinks?.at(0)?.url, title: 'Hear it in the browser' }],
      chat: { server: 'irc.example.com', protocol: 'irc', accountId: '@ann', space: '#live' },
    },
  ])
})

const knownOf = (of: string) => ({
  podcastPeople: [
    { name: `Ann “${of}” & Bob`, role: 'Guest', group: 'Writing', img: fullShow.tags.people?.[0]?.imageUrl },
    { name: 'שלום עולם', role: 'Host', group: 'Cast' },
  ],
  podcastLocation: { name: 'Sylt 🏝', osm: 'R113314', geo: 'geo:54.9,8.3' },
  license: { identifier: `my-${of}-license` },
  value: {
    type: 'lightning',
    method: 'keysend',
    recipients: [
      { name: of, split: 99, customKey: '112111100' },
      { address: 'app@example.com', split: 1, fee: true },
    ],
  },
  podcastTxt: [{ purpose: 'verify', value: `S6lpp-${of}` }, { value: 'no ]]> purpose' }],
})
