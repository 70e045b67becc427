import t from 'tap'
import { subscribeLinks } from '../../src/site/subscribe-links.ts'

t.test('each app gets the feed in its own form', async (t) => {
  const links = subscribeLinks({ title: 'Tea & Toast', feedUrl: 'https://radio.example.com/shows/tea/feed.xml' })
  t.strictSame(Object.fromEntries(links.map(({ app, href }) => [app, href])), {
    'Apple Podcasts': 'podcast://radio.example.com/shows/tea/feed.xml',
    'Pocket Casts': 'pktc://subscribe/radio.example.com/shows/tea/feed.xml',
    Overcast: 'overcast://x-callback-url/add?url=https%3A%2F%2Fradio.example.com%2Fshows%2Ftea%2Ffeed.xml',
    AntennaPod:
      'https://antennapod.org/deeplink/subscribe?url=https%3A%2F%2Fradio.example.com%2Fshows%2Ftea%2Ffeed.xml&title=Tea%20%26%20Toast',
  })
})
