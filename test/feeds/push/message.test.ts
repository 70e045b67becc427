import t from 'tap'
import { messageOf } from '../../../src/feeds/push/message.ts'
import type { PushReason } from '../../../src/feeds/push/reasons.ts'
import { targetsOf } from '../../../src/feeds/push/targets.ts'

const config = {
  publicUrl: 'https://radio.example',
  webSubHubs: ['https://hub.example/', 'https://other.example/publish'],
  podpingUrl: 'https://podping.example/?key=secret',
  podpingToken: 'a token',
  overcastPingUrl: 'https://overcast.fm/ping',
}
const nobody = { publicUrl: config.publicUrl, webSubHubs: [] }
const show = { slug: 'long-waves', feedTags: '{}' }
const feed = 'https://radio.example/shows/long-waves/feed.xml'

const told = (at: Parameters<typeof targetsOf>[0], reasons: PushReason[], hasNewEpisodes = true) =>
  targetsOf(at, { reasons, hasNewEpisodes }).map(({ service, target, reason }) => `${service} ${target} ${reason}`)

t.test('hubs are told once whatever it is, Podping of each reason, Overcast of new episodes alone', async (t) => {
  const [hub, other] = config.webSubHubs
  const podping = 'podping https://podping.example/'
  const overcast = 'overcast https://overcast.fm/ping update'
  t.same(told(config, ['update']), [`websub ${hub} update`, `websub ${other} update`, `${podping} update`, overcast])
  t.same(told(config, ['update'], false), [`websub ${hub} update`, `websub ${other} update`, `${podping} update`])
  t.same(told(config, ['live'], false), [`websub ${hub} live`, `websub ${other} live`, `${podping} live`])
  t.same(told(config, ['live', 'update']), [
    `websub ${hub} live`,
    `websub ${other} live`,
    `${podping} live`,
    `${podping} update`,
    overcast,
  ])
  t.same(told(config, []), [])
  t.same(told(nobody, ['live', 'update']), [])
})

t.test('a hub gets a form, as PubSubHubbub has it', async (t) => {
  const push = { service: 'websub', target: 'https://hub.example/', reason: 'update' }
  t.match(messageOf(config, push, show), {
    url: 'https://hub.example/',
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: undefined },
    body: 'hub.mode=publish&hub.url=https%3A%2F%2Fradio.example%2Fshows%2Flong-waves%2Ffeed.xml',
  })
})

t.test('Podping gets feed, reason and medium, the token and a name', async (t) => {
  const push = { service: 'podping', target: 'https://podping.example/', reason: 'live' }
  const asked = (of: typeof show, at: Parameters<typeof messageOf>[0] = config) => messageOf(at, push, of)
  const { url = '', ...rest } = asked(show) ?? {}
  t.same(Object.fromEntries(new URL(url).searchParams), { key: 'secret', url: feed, reason: 'live', medium: 'podcast' })
  t.match(rest, { method: 'GET', body: undefined, headers: { authorization: 'a token', 'user-agent': /^Longwave/ } })
  const music = asked({ ...show, feedTags: '{"medium":"musicL"}' })
  t.equal(new URL(music?.url ?? '').searchParams.get('medium'), 'musicL')
  t.notOk('authorization' in (asked(show, { ...config, podpingToken: undefined })?.headers ?? {}))
})

t.test('Overcast gets the address of the feed', async (t) => {
  const push = { service: 'overcast', target: 'https://overcast.fm/ping', reason: 'update' }
  t.match(messageOf(config, push, show), {
    url: `https://overcast.fm/ping?urlprefix=${encodeURIComponent(feed)}`,
    method: 'GET',
  })
})

t.test('who is in the settings no more is told nothing', async (t) => {
  for (const service of ['websub', 'podping', 'overcast']) {
    t.equal(messageOf(nobody, { service, target: 'https://hub.example/', reason: 'update' }, show), undefined)
  }
})
