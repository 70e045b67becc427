import t from 'tap'
import { feedXml } from '../../../src/feeds/feed-xml.ts'
import { alternateEnclosureElements } from '../../../src/feeds/tags/alternate-enclosure.ts'
import { liveItemElement } from '../../../src/feeds/tags/live-item.ts'
import { trailerElement } from '../../../src/feeds/tags/trailer.ts'
import { fullItem, fullLiveItem, fullShow, trailerItem } from '../../fixtures/full-show.ts'

const bareShow = { ...fullShow, tags: {}, liveItems: [], items: [], pages: undefined, stylesheetUrl: undefined }

t.test('a private feed asks to be listed nowhere, and tells no hub of itself', async (t) => {
  const xml = feedXml({ ...fullShow, isPrivate: true, tags: { ...fullShow.tags, blocked: false } }, 0)
  t.match(xml, '<itunes:block>Yes</itunes:block>')
  t.notMatch(xml, /podcast:locked|podcast:podping|rel="hub"/)
  const open = feedXml({ ...fullShow, tags: {} }, 0)
  t.match(open, /<podcast:locked owner="owner@example.com">yes<.*<podcast:podping usesPodping="true"\/>/s, 'others do')
  t.notMatch(feedXml(bareShow, 0), 'itunes:block')
})

t.test('what nobody set leaves no trace', async (t) => {
  const xml = feedXml({ ...bareShow, usesPodping: false, newFeedUrl: undefined, hubs: [] }, 0)
  t.notMatch(xml, /spotify|xml-stylesheet|podping|new-feed-url|itunes:complete|rel="(hub|next|last)"|podcast:medium/)
  t.match(feedXml({ ...bareShow, tags: { podroll: [], remoteItems: [], people: [] } }, 0), /^(?!.*podroll)/s)
})

t.test("Spotify's namespace is declared where its tags are", async (t) => {
  const xml = feedXml({ ...bareShow, tags: { spotify: { countriesOfOrigin: ['gb', 'us'], recentCount: 5 } } }, 0)
  t.match(xml, /<rss [^>]*xmlns:spotify="http:\/\/www\.spotify\.com\/ns\/rss"/)
  t.match(xml, /<spotify:limit recentCount="5"\/>\n<spotify:countryOfOrigin>gb us<\/spotify:countryOfOrigin>/)
})

t.test(
  'an enclosure that is the only file is told of once; its hash or a second file makes it an alternate',
  async (t) => {
    const alone = { ...trailerItem, tags: {} }
    const { enclosure } = fullItem
    t.same(alternateEnclosureElements(alone), [])
    t.match(
      alternateEnclosureElements({ ...alone, enclosure }).join(),
      /^<podcast:alt[^>]*MP3, 128 kb\/s" default="true">/,
    )
    const both = alternateEnclosureElements({ ...alone, alternate: fullItem.alternate })
    t.match(both, [/default="true"/, /^(?!.*default)<podcast:alternateEnclosure type="audio\/x-m4a" .*AAC, 96 kb\/s/s])
  },
)

t.test('a live item without a link leads to the page of the show, and one without an end has none', async (t) => {
  const xml = liveItemElement({ ...fullLiveItem, endsAt: undefined, description: '', tags: {} })
  t.match(xml, '<podcast:liveItem status="live" start="2026-03-01T20:00:00.000Z">')
  t.match(xml, /<podcast:contentLink href="[^"]*\/shows\/long-waves">Live &amp; “on air”<\/podcast:contentLink>/)
  t.match(xml, '<description><![CDATA[Live & “on air”]]></description>')
})

t.test('a trailer of the show has no season, and its title at most 128 characters', async (t) => {
  const xml = trailerElement({ ...trailerItem, season: undefined, title: '😀'.repeat(200) })
  t.notMatch(xml, 'season=')
  const title = />(.*)</.exec(xml)?.[1] ?? ''
  t.ok(title.length > 60 && title.length <= 128, `${title.length}`)
  t.match(title, /^(😀)+…$/u, 'cut between characters')
})

t.test('trailers that are on another page stand in the channel all the same', async (t) => {
  t.match(feedXml({ ...bareShow, trailers: [trailerItem] }, 0), '>Trailer of season 2</podcast:trailer>')
})

t.test('a value that nobody receives is none, and disabled comments have no post', async (t) => {
  const tags = {
    value: { type: 'lightning', method: 'keysend', recipients: [] },
    socialInteract: [{ protocol: 'disabled' as const, uri: 'https://example.com' }],
  }
  const xml = feedXml({ ...bareShow, tags }, 0)
  t.notMatch(xml, 'podcast:value')
  t.match(xml, '<podcast:socialInteract protocol="disabled"/>')
})

t.test('without a number of its own, an episode has that of the show', async (t) => {
  const xml = feedXml({ ...bareShow, items: [{ ...fullItem, tags: {} }] }, 0)
  t.match(xml, '<podcast:season>2</podcast:season>\n<podcast:episode>7</podcast:episode>')
})

t.test('a category that Apple does not have is left out', async (t) => {
  const xml = feedXml({ ...bareShow, tags: { furtherCategories: ['Games & Hobbies', 'Technology'] } }, 0)
  t.notMatch(xml, 'Hobbies')
  t.match(xml, '<itunes:category text="Technology"/>')
})

t.test('the description of a show keeps to 4000 bytes', async (t) => {
  const xml = feedXml({ ...bareShow, description: 'ü'.repeat(3000) }, 0)
  const description = /<description><!\[CDATA\[(.*?)\]\]>/s.exec(xml)?.[1] ?? ''
  t.match(description, /^ü{1998}…$/)
  t.equal(Buffer.byteLength(description), 3999)
})

t.test('the stylesheet stands behind the XML declaration, whatever its address is', async (t) => {
  const xml = feedXml({ ...bareShow, stylesheetUrl: '/feed.css?$&="' }, 0)
  t.match(
    xml,
    '<?xml version="1.0" encoding="UTF-8"?>\n<?xml-stylesheet type="text/css" href="/feed.css?$&amp;=&quot;"?>\n<rss',
  )
})
