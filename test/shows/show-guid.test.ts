import t, { type Test } from 'tap'
import { createEpisode } from '../../src/shows/episode.ts'
import { guidOfFeed, isPublicAddress, settleGuids } from '../../src/shows/show-guid.ts'
import { eachStation } from '../engines/each-station.ts'
import { giveAudio, publishedEpisode } from '../fixtures/published-episode.ts'
import { aShow, openStation } from '../station.ts'

t.test('the guid of a feed is that of its address, without scheme and slashes at the end', async (t) => {
  const vectors = [
    ['https://podnews.net/rss', '9b024349-ccf0-5f69-a609-6b82873eab3c'],
    ['http://podnews.net/rss//', '9b024349-ccf0-5f69-a609-6b82873eab3c'],
    ['https://mp3s.nashownotes.com/pc20rss.xml', '917393e3-1b1e-5cef-ace4-edaa54e1f810'],
    ['https://feeds.example.com/show.xml', '4853fc3e-53c6-5712-b59d-344773fda971'],
  ] as const
  for (const [url, guid] of vectors) t.equal(guidOfFeed(url), guid, url)
})

t.test('an address is public when everybody can reach it over TLS', async (t) => {
  const hosts: [string, boolean][] = [
    ['https://podcasts.example.com', true],
    ['https://podcasts.example.com:8443/sub', true],
    ['https://93.184.215.14', true],
    ['http://podcasts.example.com', false],
    ['https://localhost', false],
    ['https://radio.localhost', false],
    ['https://radio', false],
    ['https://radio.local', false],
    ['https://nas.home.arpa', false],
    ['https://radio.internal.', false],
    ['https://127.0.0.1', false],
    ['https://10.1.2.3', false],
    ['https://192.168.0.4:3000', false],
    ['https://100.64.0.1', false],
    ['https://[::1]', false],
    ['https://[fd00::1]', false],
    ['https://[::ffff:10.0.0.1]', false],
    ['https://[2606:4700::1]', true],
  ]
  for (const [url, isPublic] of hosts) t.equal(isPublicAddress(url), isPublic, url)
})

async function stationAt(t: Test, publicUrl: string, environment: Record<string, string> = {}) {
  const station = await openStation(t, { environment: { ...environment, PUBLIC_URL: publicUrl } })
  const show = await station.createShow()
  const guid = async (): Promise<string> => (await station.api('GET', `/shows/${show.id}`)).json().guid
  return { ...station, show, guid, publish: () => publishedEpisode(station, show) }
}

await eachStation('a show gets the guid of its feed when first published, and keeps it', async (t, environment) => {
  const { app, api, show, guid, publish } = await stationAt(t, 'https://podcasts.example.com', environment)
  t.match(show.guid, /^[\da-f]{8}-[\da-f]{4}-4/, 'random before')
  const draft = await createEpisode(app, show.id, { title: 'Draft' })
  await giveAudio(app, draft.id)
  t.equal(await guid(), show.guid, 'a draft is no publication')
  await api('PATCH', `/shows/${show.id}`, { slug: 'renamed' })
  const episode = await publish()
  const final = guidOfFeed('https://podcasts.example.com/shows/renamed/feed.xml')
  t.equal(await guid(), final)
  await api('PATCH', `/shows/${show.id}`, { slug: 'again', title: 'Again' })
  await api('DELETE', `/episodes/${episode.id}/publication`)
  await publish()
  t.equal(await guid(), final)
})

await eachStation(
  'a station that nobody can reach leaves it random, until it has a public address',
  async (t, environment) => {
    const { app, show, api, guid, publish } = await stationAt(t, 'https://192.168.0.4', environment)
    await publish()
    t.equal(await guid(), show.guid)
    await settleGuids(app)
    t.equal(await guid(), show.guid)
    const draft = (await api('POST', '/shows', { ...aShow, slug: 'draft' })).json()

    const publicUrl = 'https://podcasts.example.com'
    await settleGuids({ ...app, config: { ...app.config, publicUrl } })
    t.equal(await guid(), guidOfFeed(`${publicUrl}/shows/long-waves/feed.xml`))
    t.equal((await api('GET', `/shows/${draft.id}`)).json().guid, draft.guid, 'what was never published waits')
    await settleGuids({ ...app, config: { ...app.config, publicUrl: 'https://radio.example.com' } })
    t.equal(await guid(), guidOfFeed(`${publicUrl}/shows/long-waves/feed.xml`), 'once, for ever')
  },
)

t.test('a final guid that came from elsewhere stays', async (t) => {
  const { app, guid, publish } = await stationAt(t, 'https://podcasts.example.com')
  const foreign = '917393e3-1b1e-5cef-ace4-edaa54e1f810'
  await app.db.updateTable('show').set({ guid: foreign, guidIsFinal: 1 }).execute()
  await publish()
  t.equal(await guid(), foreign)
})
