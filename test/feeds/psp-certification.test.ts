import { parseRssFeed } from 'feedsmith'
import t, { type Test } from 'tap'
import { publishFeed } from '../../src/feeds/publish-feed.ts'
import type { EpisodeFeedTags, ShowFeedTags } from '../../src/shows/feed-tags.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { storedFeed } from '../fixtures/stored-feed.ts'
import { openStation } from '../station.ts'

/**
 * What the Podcast Standards Project demands of a host that it certifies
 * (https://github.com/Podcast-Standards-Project/Certification), each by its name, on the feed that a station publishes.
 */
async function stationWithEpisode(t: Test, environment: Record<string, string> = {}) {
  const station = await openStation(t, { environment })
  const { app } = station
  const show = await station.createShow()
  const episode = await publishedEpisode(station, show)
  const set = (table: 'show' | 'episode', id: string, tags: ShowFeedTags | EpisodeFeedTags) =>
    app.db
      .updateTable(table)
      .set({ feedTags: JSON.stringify(tags) })
      .where('id', '=', id)
      .execute()
  return {
    ...station,
    episode,
    setShow: (tags: ShowFeedTags) => set('show', show.id, tags),
    setEpisode: (tags: EpisodeFeedTags) => set('episode', episode.id, tags),
    async feed() {
      await publishFeed(app, { showId: show.id })
      const { xml = '' } = (await storedFeed(app, show.id)) ?? {}
      return { xml, ...parseRssFeed(xml) }
    },
  }
}

t.test('certification: the podcast namespace is declared by default', async (t) => {
  const { feed } = await stationWithEpisode(t)
  t.match((await feed()).xml, /<rss [^>]*xmlns:podcast="https:\/\/podcastindex\.org\/namespace\/1\.0"/)
})

t.test('certification: a feed says that it uses Podping where the station does', async (t) => {
  const silent = await stationWithEpisode(t)
  t.equal((await silent.feed()).podcast?.podping, undefined)
  const pinging = await stationWithEpisode(t, { PODPING_URL: 'https://podping.example.com/' })
  t.same((await pinging.feed()).podcast?.podping, { usesPodping: true })
})

t.test('certification: locked is yes until somebody says no', async (t) => {
  const { feed, setShow } = await stationWithEpisode(t)
  for (const [tags, value] of [
    [{}, true],
    [{ locked: false }, false],
    [{ locked: true }, true],
  ] as const) {
    await setShow(tags)
    t.same((await feed()).podcast?.locked, { value, owner: 'owner@example.com' })
  }
})

t.test('certification: funding is what somebody set, in its order', async (t) => {
  const { feed, setShow } = await stationWithEpisode(t)
  t.equal((await feed()).podcast?.fundings, undefined)
  await setShow({
    funding: [
      { url: 'https://example.com/members', label: 'Become a member' },
      { url: 'https://example.com/tip', label: 'Leave a tip' },
    ],
  })
  t.same((await feed()).podcast?.fundings, [
    { url: 'https://example.com/members', display: 'Become a member' },
    { url: 'https://example.com/tip', display: 'Leave a tip' },
  ])
})

t.test('certification: a transcript that somebody sends is there in every form', async (t) => {
  const { api, episode, feed } = await stationWithEpisode(t)
  const vtt = 'WEBVTT\n\n00:00.000 --> 00:02.000\n<v Ada>Good evening.\n'
  const put = await api('PUT', `/episodes/${episode.id}/transcript`, vtt, { 'content-type': 'text/vtt' })
  t.equal(put.statusCode, 200)
  const transcripts = (await feed()).items?.[0]?.podcast?.transcripts ?? []
  t.same(
    transcripts.map(({ type }) => type),
    ['text/vtt', 'application/x-subrip', 'application/json', 'text/html'],
  )
})

t.test('certification (recommended): people and a podroll are what somebody set', async (t) => {
  const { feed, setShow, setEpisode } = await stationWithEpisode(t)
  const podroll = [{ feedGuid: '29cdca4a-32d8-56ba-b48b-09a011c5daa9', title: 'Another show' }]
  await setShow({ people: [{ name: 'Ann' }], podroll })
  await setEpisode({ people: [{ name: 'Bob', role: 'guest' }] })
  const { podcast, items } = await feed()
  t.same(podcast?.persons, [{ display: 'Ann' }])
  t.same(podcast?.podroll, { remoteItems: podroll })
  t.same(items?.[0]?.podcast?.persons, [{ display: 'Bob', role: 'guest' }], "an episode's take the place of the show's")
})
