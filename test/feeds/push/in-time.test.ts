import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { databaseSettings } from '../../engines/database-settings.ts'
import { ownFolder } from '../../fixtures/own-folder.ts'
import { publishedEpisode } from '../../fixtures/published-episode.ts'
import { startStandIn } from '../../fixtures/stand-in.ts'
import { eventually, freePort } from '../../journey/program.ts'
import { openStation } from '../../station.ts'

/** A station that listens, and the address of its feeds. */
async function listening(t: Test, environment: Record<string, string>) {
  const port = await freePort()
  const station = await openStation(t, { environment: { PORT: String(port), ...environment } })
  await station.web.listen({ port, host: '127.0.0.1' })
  return { ...station, url: `http://127.0.0.1:${port}` }
}

// Made before any station is open: an open one has the system's folder for such point into its home.
const homes = { SQLite: await ownFolder(t), PostgreSQL: await ownFolder(t) }

for (const engine of ['SQLite', 'PostgreSQL'] as const) {
  t.test(`with two processes, each message is sent once and in time, on ${engine}`, async (t) => {
    const [hub, podping, overcast] = [await startStandIn(t), await startStandIn(t), await startStandIn(t)]
    const environment = {
      ...(await databaseSettings(t, engine)),
      LONGWAVE_HOME: homes[engine],
      PUBLIC_URL: 'https://radio.example',
      WEBSUB_HUBS: hub.url,
      PODPING_URL: podping.url,
      PODPING_TOKEN: 'the token of podping',
      OVERCAST_PING_URL: overcast.url,
    }
    const stations = [await listening(t, environment), await listening(t, environment)] as const
    const [station, other] = stations
    const { id: showId, slug } = await station.createShow()
    const feed = `https://radio.example/shows/${slug}/feed.xml`
    const feeds = () =>
      Promise.all(stations.map(async ({ url }) => (await fetch(`${url}/shows/${slug}/feed.xml`)).text()))
    for (const { startWorking } of stations) startWorking()
    const pushes = async () => (await other.api('GET', `/shows/${showId}/pushes`)).json()

    await eventually(20, async () => (await feeds()).every((xml) => xml.includes('</rss>')))
    // What happens once in the life of a process is not measured: the first jobs of a worker, and loading what asks servers.
    const first = station.app.db.selectFrom('job').select('id').where('name', '=', 'publish-feed')
    await eventually(20, async () => (await first.execute()).length === 0)
    await station.app.fetchTrusted(podping.url)
    podping.sent.length = 0
    const found: boolean[] = []
    hub.replyWith(async (response) => {
      found.push((await feeds()).every((xml) => xml.includes('First light')))
      response.writeHead(204).end()
    })
    await publishedEpisode(station, { id: showId })
    await eventually(20, async () => hub.sent.length > 0)
    await eventually(20, async () => (await pushes()).every(({ state }: { state: string }) => state === 'sent'))
    t.same(found, [true], 'both processes answer anew by then')
    t.same(
      [hub, podping, overcast].map(({ sent }) => sent.length),
      [1, 1, 1],
      'exactly one each',
    )
    t.match(hub.sent, [{ method: 'POST', form: { 'hub.mode': 'publish', 'hub.url': feed } }])
    const asked = { url: feed, reason: 'update', medium: 'podcast' }
    t.match(podping.sent, [{ method: 'GET', parameters: asked, headers: { authorization: 'the token of podping' } }])
    t.match(overcast.sent, [{ parameters: { urlprefix: feed } }])

    hub.replyWith(204)
    for (const title of ['One', 'Two', 'Three', 'Four']) {
      await publishedEpisode(station, { id: showId }, { title })
      await sleep(400)
    }
    await eventually(20, async () => {
      const episodes = await station.app.db.selectFrom('episode').select('announcedAt').execute()
      const rows: { state: string }[] = await pushes()
      return episodes.every(({ announcedAt }) => announcedAt !== null) && rows.every(({ state }) => state === 'sent')
    })
    await sleep(600)
    const rows: { service: string; attempts: number }[] = await pushes()
    t.ok(rows.every(({ attempts }) => attempts === 1))
    for (const [service, { sent }] of Object.entries({ websub: hub, podping, overcast })) {
      t.equal(sent.length, rows.filter((row) => row.service === service).length, `${service}: no message twice`)
    }
    t.ok(hub.sent.length > 2, 'there was something that could be sent twice')
  })
}

t.test('a hub that is away is told when it is back, and nobody waits for it', async (t) => {
  const [hub, podping] = [await startStandIn(t, 503), await startStandIn(t)]
  const silent = await startStandIn(t, () => {})
  const environment = { WEBSUB_HUBS: `${silent.url} ${hub.url}`, PODPING_URL: podping.url }
  const station = await listening(t, environment)
  const { id: showId } = await station.createShow()
  station.startWorking()
  await publishedEpisode(station, { id: showId })
  await eventually(20, async () => hub.sent.length > 0 && podping.sent.length > 0 && silent.sent.length > 0)
  const row = async () =>
    (await station.api('GET', `/shows/${showId}/pushes`))
      .json()
      .find(({ target }: { target: string }) => target === hub.url)
  const failed = await eventually(20, async () => (await row()).attempts === 1 && row())
  t.match(failed, { state: 'waiting', status: 503, message: 'It answered 503.', triedAt: String })

  hub.replyWith(202)
  const sent = await eventually(20, async () => (await row()).state === 'sent' && row())
  const [first, second] = hub.sent
  t.ok(Number(second?.at) - Number(first?.at) > 2_500, 'not at once')
  t.match(sent, { attempts: 2, status: 202 })
  t.notOk('message' in sent)
  t.equal(hub.sent.length, 2)
  t.equal(podping.sent.length, 1, 'who was told is not told again')
})
