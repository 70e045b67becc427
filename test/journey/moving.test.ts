import path from 'node:path'
import { parseRssFeed } from 'feedsmith'
import t from 'tap'
import type { NewFeedTokenView } from '../../src/shows/feed-token-schemas.ts'
import type { ShowView } from '../../src/shows/schemas.ts'
import { ownFolder } from '../fixtures/own-folder.ts'
import { makeRecording } from '../fixtures/recordings.ts'
import { createEpisode, createShow, expectJson, publish, putAudio, uploadEnd } from './catalogue.ts'
import { eventually, startProgram } from './program.ts'

const hourMs = 3_600_000

t.test('a show is renamed, its former host leads here, and some hear it early, on the running program', async (t) => {
  const folder = await ownFolder(t)
  const program = await startProgram(t, { LONGWAVE_HOME: path.join(folder, 'home'), LOG_LEVEL: 'debug' })
  const recording = await makeRecording(folder, { kind: 'wav', seconds: 2, channels: 1 })
  const show = await createShow(program)
  const episodes = []
  for (const title of ['First light', 'Second light']) {
    const episode = await createEpisode(program, show.id, { title })
    t.match(await uploadEnd(program, (await putAudio(program, episode.id, recording)).id), { state: 'ready' })
    episodes.push(episode)
  }
  const [first, second] = episodes
  if (!first || !second) return
  await publish(program, first.id)
  const at = new Date(Date.now() + hourMs).toISOString()
  await publish(program, second.id, at)

  const titlesAt = async (url: string) => parseRssFeed(await (await fetch(url)).text()).items?.map(({ title }) => title)
  const guidsAt = async (url: string) =>
    parseRssFeed(await (await fetch(url)).text()).items?.map(({ guid }) => guid?.value)
  const tokenOf = async (earlySeconds: number) =>
    expectJson<NewFeedTokenView>(
      await program.api('POST', `/shows/${show.id}/feed-tokens`, { name: 'Ann', earlySeconds }),
      201,
    )
  const [usual, early] = [await tokenOf(0), await tokenOf(7200)]

  await t.test('who is early has what others have not', async (t) => {
    await eventually(20, async () => (await titlesAt(early.feedUrl))?.length === 2)
    t.same(await titlesAt(early.feedUrl), ['Second light', 'First light'])
    t.same(await titlesAt(usual.feedUrl), ['First light'])
    t.same(await titlesAt(show.feedUrl), ['First light'])
    const feed = parseRssFeed(await (await fetch(early.feedUrl)).text())
    const url = String(feed.items?.[0]?.enclosures?.[0]?.url)
    const played = await fetch(url)
    t.match(played, { status: 200, redirected: true })
    t.equal((await played.arrayBuffer()).byteLength, feed.items?.[0]?.enclosures?.[0]?.length)
    t.equal((await fetch(url.replace(early.token, usual.token))).status, 404)
    t.equal((await fetch(`${program.url}/audio/${second.id}/x.mp3`)).status, 404)
    await expectJson(await program.api('PATCH', `/feed-tokens/${early.id}`, { earlySeconds: 60 }), 200)
    t.equal((await fetch(url)).status, 404, 'less early, at the next request')
    await eventually(20, async () => (await titlesAt(early.feedUrl))?.length === 1)
  })

  await t.test('all its former addresses lead to the feed in one step, and no guid changes', async (t) => {
    const guids = await guidsAt(show.feedUrl)
    t.equal(guids?.length, 1)
    await expectJson(await program.api('POST', `/shows/${show.id}/aliases`, { path: '/my-show/rss.xml' }), 201)
    const renamed = await expectJson<ShowView>(
      await program.api('PATCH', `/shows/${show.id}`, { slug: 'new-name' }),
      200,
    )
    t.match(renamed.feedUrl, /\/shows\/new-name\/feed\.xml$/)
    for (const old of [show.feedUrl, `${program.url}/my-show/rss.xml?format=xml`]) {
      const answer = await eventually(20, async () => {
        const asked = await fetch(old, { redirect: 'manual' })
        return asked.status === 301 && asked
      })
      t.equal(answer.headers.get('location'), renamed.feedUrl)
    }
    t.match(await fetch(show.feedUrl), { status: 200, url: renamed.feedUrl, redirected: true })
    t.same(await guidsAt(show.feedUrl), guids)
    t.match(await fetch(usual.feedUrl), { status: 200, redirected: true }, 'subscribers of private feeds come along')
    t.match(await fetch(show.pageUrl), { status: 200, url: renamed.pageUrl })
  })

  for (const { token } of [usual, early]) t.notMatch(program.output(), token, 'no log shows it')
})
