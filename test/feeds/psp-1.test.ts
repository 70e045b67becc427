import { parseRssFeed } from 'feedsmith'
import t from 'tap'
import { feedXml } from '../../src/feeds/feed-xml.ts'
import { fullItem, fullShow, trailerItem } from '../fixtures/full-show.ts'

/**
 * The demands of PSP-1 (https://github.com/Podcast-Standards-Project/PSP-1-Podcast-RSS-Specification), each by its name: on
 * the feed of a show of which nothing is known but what every show has.
 */
const xml = feedXml(
  {
    ...fullShow,
    title: '  Long Waves ',
    newFeedUrl: undefined,
    tags: { complete: true, funding: fullShow.tags.funding, texts: fullShow.tags.texts },
    liveItems: [],
    items: [{ ...fullItem, tags: { blocked: true } }, trailerItem],
  },
  0,
)
const [channel = '', episode = '', trailer = ''] = xml.split('<item>')
const head = xml.slice(0, xml.indexOf('<channel>'))

const documents: [string, string, RegExp][] = [
  ['is UTF-8 and says so', head, /^<\?xml version="1\.0" encoding="UTF-8"\?>/],
  ['is RSS 2.0', head, /<rss [^>]*version="2\.0"/],
  ['declares the namespace itunes', head, / xmlns:itunes="http:\/\/www\.itunes\.com\/dtds\/podcast-1\.0\.dtd"/],
  ['declares the namespace podcast', head, / xmlns:podcast="https:\/\/podcastindex\.org\/namespace\/1\.0"/],
  ['declares the namespace atom', head, / xmlns:atom="http:\/\/www\.w3\.org\/2005\/Atom"/],
  ['declares the namespace content', head, / xmlns:content="http:\/\/purl\.org\/rss\/1\.0\/modules\/content\/"/],
  ['wraps HTML in CDATA', episode, /<description><!\[CDATA\[<p>.*<content:encoded><!\[CDATA\[<p>/s],
  ['has no spaces around values', channel, /<title><!\[CDATA\[Long Waves\]\]>/],
]
const channelDemands: [string, string, RegExp][] = [
  ['atom:link', channel, /<atom:link href="https:\/\/[^"]*feed\.xml[^"]*" rel="self" type="application\/rss\+xml"\/>/],
  ['title', channel, /<title>.+<\/title>/],
  ['description', channel, /<description>.+<\/description>/],
  ['link', channel, /<link>https:\/\/radio\.example\.com\/shows\/long-waves<\/link>/],
  ['language', channel, /<language><!\[CDATA\[en-GB\]\]><\/language>/],
  [
    'itunes:category',
    channel,
    /<itunes:category text="Society &amp; Culture">\s*<itunes:category text="Places &amp; Tra/,
  ],
  ['itunes:explicit', channel, /<itunes:explicit>(true|false)<\/itunes:explicit>/],
  ['itunes:image', channel, /<itunes:image href="https:\/\/[^"]+\.(jpg|png)"\/>/],
  ['podcast:locked (recommended)', channel, /<podcast:locked owner="owner@example\.com">yes<\/podcast:locked>/],
  ['podcast:guid (recommended)', channel, /<podcast:guid>4853fc3e-53c6-5712-b59d-344773fda971<\/podcast:guid>/],
  ['itunes:author (recommended)', channel, /<itunes:author>The “Author” &amp; Co<\/itunes:author>/],
  ['copyright (optional)', channel, /<copyright><!\[CDATA\[The Author & Co\]\]><\/copyright>/],
  ['podcast:txt (optional)', channel, /<podcast:txt purpose="verify">S6lpp-show<\/podcast:txt>/],
  [
    'podcast:funding (optional)',
    channel,
    /<podcast:funding url="https:\/\/[^"]+">Support &lt;us&gt;<\/podcast:funding>/,
  ],
  ['itunes:type (optional)', channel, /<itunes:type>serial<\/itunes:type>/],
  ['itunes:complete (optional)', channel, /<itunes:complete>yes<\/itunes:complete>/i],
]
const itemDemands: [string, string, RegExp][] = [
  ['title', episode, /<title><!\[CDATA\[First “light”/],
  ['enclosure', episode, /<enclosure url="https:\/\/[^"]+" length="12345678" type="audio\/mpeg"\/>/],
  ['guid', episode, /<guid isPermaLink="false">7f9c24e8-3b12-4ae5-8d52-1c0a2f6b9e01<\/guid>/],
  ['link (recommended)', episode, /<link>https:\/\/[^<]+\/episodes\/first-light<\/link>/],
  ['pubDate (recommended)', episode, /<pubDate>Tue, 03 Feb 2026 04:05:06 GMT<\/pubDate>/],
  ['description (recommended)', episode, /<description><!\[CDATA\[<p>Hello/],
  ['itunes:duration (recommended)', episode, /<itunes:duration>1029<\/itunes:duration>/],
  ['itunes:image (recommended)', episode, /<itunes:image href="https:\/\/[^"]+\.png"\/>/],
  ['itunes:explicit (recommended)', episode, /<itunes:explicit>true<\/itunes:explicit>/],
  [
    'podcast:transcript (recommended)',
    episode,
    /<podcast:transcript url="https:\/\/[^"]+" type="text\/vtt" language="en"\/>/,
  ],
  ['itunes:episode (optional)', episode, /<itunes:episode>7<\/itunes:episode>/],
  ['itunes:season (optional)', episode, /<itunes:season>2<\/itunes:season>/],
  ['itunes:episodeType (optional)', trailer, /<itunes:episodeType>trailer<\/itunes:episodeType>/],
  ['itunes:block (optional)', episode, /<itunes:block>yes<\/itunes:block>/i],
]

for (const [where, demands] of [
  ['the document', documents],
  ['the channel:', channelDemands],
  ['an item:', itemDemands],
] as const) {
  for (const [demand, text, tag] of demands) t.test(`PSP-1: ${where} ${demand}`, async (t) => t.match(text, tag))
}

t.test('PSP-1: the channel: itunes:explicit is true or false, in small letters', async (t) => {
  for (const explicit of [true, false]) {
    const { itunes } = parseRssFeed(feedXml({ ...fullShow, explicit }, 0))
    t.equal(itunes?.explicit, explicit)
  }
})

t.test('PSP-1: a description has at most 4000 bytes', async (t) => {
  const long = 'ü'.repeat(5000)
  const told = feedXml(
    { ...fullShow, description: long, items: [{ ...fullItem, notesHtml: `<p>${long}</p><p>${long}</p>` }] },
    0,
  )
  const descriptions = [...told.matchAll(/<description><!\[CDATA\[(.*?)\]\]><\/description>/gs)]
  t.equal(descriptions.length, 3, 'of the show, the live item and the episode')
  for (const [, description = ''] of descriptions) t.ok(Buffer.byteLength(description) <= 4000)
})

t.test('PSP-1: a description has no other HTML than p, ol, ul, li, a, b, i, strong and em', async (t) => {
  const notesHtml =
    '<h3>T</h3><p>a<br /><code>b</code> <a rel="nofollow" href="https://example.com/">c</a></p><blockquote><p>d</p></blockquote><hr />'
  const { items } = parseRssFeed(feedXml({ ...fullShow, items: [{ ...fullItem, notesHtml }] }, 0))
  t.equal(items?.[0]?.description, '<p><strong>T</strong></p><p>ab <a href="https://example.com/">c</a></p><p>d</p>')
  t.equal(items?.[0]?.content?.encoded, notesHtml, 'content:encoded has all of it')
})
