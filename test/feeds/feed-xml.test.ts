import fc from 'fast-check'
import { parseRssFeed } from 'feedsmith'
import t from 'tap'
import type { FeedItem, FeedModel } from '../../src/feeds/feed-model.ts'
import { feedXml } from '../../src/feeds/feed-xml.ts'
import { readable } from '../fixtures/told-by.ts'

const modifiedAt = Date.parse('2026-03-01T12:00:00Z')

const file = { bitrateKbps: 96, sha384: undefined }

const item = (fields: Partial<FeedItem> = {}): FeedItem => ({
  guid: '7f9c24e8-3b12-4ae5-8d52-1c0a2f6b9e01',
  title: 'First light',
  link: 'https://radio.example.com/shows/long-waves/episodes/first-light',
  notesHtml: '<p>Hello <strong>world</strong></p>',
  publishedAt: Date.parse('2026-02-03T04:05:06Z'),
  enclosure: { url: 'https://radio.example.com/audio/1/first-light.mp3', bytes: 12_345, type: 'audio/mpeg', ...file },
  alternate: {
    url: 'https://radio.example.com/audio/1/first-light.m4a',
    bytes: 9_876,
    type: 'audio/x-m4a',
    ...file,
  },
  durationSeconds: 1029.4,
  imageUrl: 'https://radio.example.com/artwork/2/cover.png',
  explicit: true,
  season: 2,
  number: 7,
  type: 'bonus',
  chaptersUrl: 'https://radio.example.com/episodes/1/chapters.json',
  transcripts: [{ url: 'https://radio.example.com/episodes/1/transcript.vtt', type: 'text/vtt', language: 'en' }],
  tags: {},
  ...fields,
})

const model = (fields: Partial<FeedModel> = {}): FeedModel => ({
  feedUrl: 'https://radio.example.com/shows/long-waves/feed.xml',
  link: 'https://radio.example.com/shows/long-waves',
  guid: '4853fc3e-53c6-5712-b59d-344773fda971',
  title: 'Long Waves',
  description: 'About long waves.',
  language: 'en',
  category: { top: 'Society & Culture', sub: 'Places & Travel' },
  explicit: false,
  author: 'The Author',
  ownerEmail: 'owner@example.com',
  type: 'serial',
  copyright: 'The Author',
  imageUrl: 'https://radio.example.com/artwork/1/cover.jpg',
  isPrivate: false,
  newFeedUrl: undefined,
  hubs: [],
  usesPodping: false,
  pages: undefined,
  tags: {},
  liveItems: [],
  items: [item()],
  ...fields,
})

t.test('each tag that PSP-1, Apple and YouTube ask for is there', async (t) => {
  const xml = feedXml(model(), modifiedAt)
  const [channel = '', episode = ''] = xml.split('<item>')
  const rows: [string, string, RegExp][] = [
    ['XML declaration', xml, /^<\?xml version="1\.0" encoding="UTF-8"\?>\s*<rss [^>]*version="2\.0"/],
    ['xmlns:itunes', xml, /<rss [^>]*xmlns:itunes="http:\/\/www\.itunes\.com\/dtds\/podcast-1\.0\.dtd"/],
    ['xmlns:podcast', xml, /<rss [^>]*xmlns:podcast="https:\/\/podcastindex\.org\/namespace\/1\.0"/],
    ['xmlns:atom', xml, /<rss [^>]*xmlns:atom="http:\/\/www\.w3\.org\/2005\/Atom"/],
    ['xmlns:content', xml, /<rss [^>]*xmlns:content="http:\/\/purl\.org\/rss\/1\.0\/modules\/content\/"/],
    ['atom:link', channel, /<atom:link href="[^"]*\/feed\.xml" rel="self" type="application\/rss\+xml"\/>/],
    ['title', channel, /<title><!\[CDATA\[Long Waves\]\]><\/title>/],
    ['description', channel, /<description><!\[CDATA\[About long waves\.\]\]><\/description>/],
    ['link', channel, /<link>https:\/\/radio\.example\.com\/shows\/long-waves<\/link>/],
    ['language', channel, /<language><!\[CDATA\[en\]\]><\/language>/],
    ['category', channel, /<itunes:category text="Society &amp; Culture">\s*<itunes:category text="Places &amp; Tr/],
    ['explicit', channel, /<itunes:explicit>false<\/itunes:explicit>/],
    ['image', channel, /<itunes:image href="[^"]*\/cover\.jpg"\/>/],
    ['locked', channel, /<podcast:locked owner="owner@example\.com">yes<\/podcast:locked>/],
    ['podcast:guid', channel, /<podcast:guid>4853fc3e-53c6-5712-b59d-344773fda971<\/podcast:guid>/],
    ['author', channel, /<itunes:author>The Author<\/itunes:author>/],
    ['owner, which YouTube asks for', channel, /<itunes:email>owner@example\.com<\/itunes:email>/],
    ['type', channel, /<itunes:type>serial<\/itunes:type>/],
    ['copyright', channel, /<copyright><!\[CDATA\[The Author\]\]><\/copyright>/],
    ['lastBuildDate', channel, /<lastBuildDate>Sun, 01 Mar 2026 12:00:00 GMT<\/lastBuildDate>/],
    ['item title', episode, /<title><!\[CDATA\[First light\]\]><\/title>/],
    ['enclosure', episode, /<enclosure url="[^"]*\/audio\/1\/first-light\.mp3" length="12345" type="audio\/mpeg"\/>/],
    ['guid', episode, /<guid isPermaLink="false">7f9c24e8-3b12-4ae5-8d52-1c0a2f6b9e01<\/guid>/],
    ['item link', episode, /<link>[^<]*\/episodes\/first-light<\/link>/],
    ['pubDate', episode, /<pubDate>Tue, 03 Feb 2026 04:05:06 GMT<\/pubDate>/],
    ['item description', episode, /<description><!\[CDATA\[<p>Hello <strong>world<\/strong><\/p>\]\]><\/description>/],
    ['duration', episode, /<itunes:duration>1029<\/itunes:duration>/],
    ['item image', episode, /<itunes:image href="[^"]*\/cover\.png"\/>/],
    ['item explicit', episode, /<itunes:explicit>true<\/itunes:explicit>/],
    ['season', episode, /<itunes:season>2<\/itunes:season>/],
    ['episode', episode, /<itunes:episode>7<\/itunes:episode>/],
    ['chapters', episode, /<podcast:chapters url="[^"]*\/chapters\.json" type="application\/json\+chapters"\/>/],
    [
      'alternate enclosure',
      episode,
      /<podcast:alternateEnclosure type="audio\/x-m4a" length="9876" bitrate="96000" title="AAC, 96 kb\/s">\s*<podcast:source uri="[^"]*\.m4a"\/>\s*<\/podcast:alternateEnclosure>/,
    ],
    ['transcript', episode, /<podcast:transcript url="[^"]*\.vtt" type="text\/vtt" language="en"\/>/],
    ['episodeType', episode, /<itunes:episodeType>bonus<\/itunes:episodeType>/],
  ]
  for (const [name, text, tag] of rows) t.match(text, tag, name)
})

t.test('what an episode or a show does not have is left out', async (t) => {
  const absent = {
    alternate: undefined,
    season: undefined,
    number: undefined,
    imageUrl: undefined,
    chaptersUrl: undefined,
    transcripts: [],
  }
  const bare = item({ ...absent, durationSeconds: 0.2, notesHtml: '' })
  const xml = feedXml(model({ copyright: undefined, category: { top: 'History' }, items: [bare] }), modifiedAt)
  t.notMatch(xml, /alternateEnclosure|itunes:season|<itunes:episode>|podcast:chapters|podcast:transcript|<copyright>/)
  t.match(xml, /<itunes:category text="History">\s*<\/itunes:category>|<itunes:category text="History"\/>/)
  t.match(xml, '<itunes:duration>1</itunes:duration>', 'never 0')
  t.match(xml, '<description><![CDATA[First light]]></description>', 'a description is never empty')
  t.match(
    parseRssFeed(feedXml(model({ items: [] }), modifiedAt)),
    { title: 'Long Waves' },
    'nor is a show without items',
  )
})

t.test('whatever is written in titles, names and notes survives the parsing', async () => {
  const special = [
    '\u0000',
    '\u0007',
    '\u000b',
    '\uffff',
    ']]>',
    '<![CDATA[',
    '&amp;',
    '&#0;',
    '<b>',
    '😀',
    'שלום \u202e',
    '$&',
  ]
  const part = fc.oneof(fc.constantFrom(...special), fc.string({ unit: 'binary', maxLength: 8 }))
  const text = fc.array(part, { maxLength: 6 }).map((parts) => `a${parts.join('')}z`)
  fc.assert(
    fc.property(text, text, text, text, (title, author, notes, description) => {
      const { channel, first } = read(
        feedXml(model({ title, author, description, items: [item({ title, notesHtml: notes })] }), modifiedAt),
      )
      same(channel?.title, title)
      same(channel?.description, description)
      same(channel?.itunes?.author, author)
      same(first?.title, title)
      same(first?.itunes?.title, title)
      same(first?.content?.encoded, notes)
    }),
  )
})

t.test('the same model at the same time gives the same bytes, and its date is that of the last change', async (t) => {
  t.equal(feedXml(model(), modifiedAt), feedXml(model(), modifiedAt))
  const title = '<lastBuildDate>yesterday</lastBuildDate>'
  const xml = feedXml(model({ title, description: title }), modifiedAt)
  t.match(parseRssFeed(xml), { title, description: title, lastBuildDate: 'Sun, 01 Mar 2026 12:00:00 GMT' })
})

t.test('a description keeps to 4000 bytes on whole paragraphs; the whole notes stand beside it', async (t) => {
  const paragraph = (letter: string) => `<p>${letter.repeat(490)}</p>`
  const bullet = `<li><p>${'ü'.repeat(240)}</p></li>`
  const cases: [string, string, RegExp][] = [
    ['5000 bytes in paragraphs', [...'abcdefghij'].map(paragraph).join('\n'), /^<p>a+<\/p>.*<p>h{490}<\/p>$/s],
    ['one list', `<ul>${bullet.repeat(10)}</ul>`, /^<ul>(<li><p>ü{240}<\/p><\/li>){8}(<li><\/li>)?<\/ul>$/],
    ['a paragraph behind which a list follows', `<p>a</p><ul>${'<li>b</li>'.repeat(500)}</ul>`, /^<p>a<\/p>$/],
    ['one paragraph', `<p>${'😀'.repeat(1500)}</p>`, /^(😀){900,999}…$/u],
    ['one paragraph of entities', `<p>${'&amp;'.repeat(1000)}</p>`, /^(&amp;)+…$/],
  ]
  for (const [name, notesHtml, expected] of cases) {
    const { first } = read(feedXml(model({ items: [item({ notesHtml })] }), modifiedAt))
    t.match(first?.description, expected, name)
    t.ok(Buffer.byteLength(first?.description ?? '') <= 4000, `${name}: at most 4000 bytes`)
    t.equal(first?.content?.encoded, notesHtml, name)
  }
})

function read(xml: string) {
  const channel = parseRssFeed(xml)
  return { channel, first: channel.items?.[0] }
}

/** As it was written, but for what XML forbids. */
function same(parsed: string | undefined, written: string): void {
  if (parsed !== readable(written)) throw new Error(`${JSON.stringify(parsed)} was ${JSON.stringify(written)}`)
}
