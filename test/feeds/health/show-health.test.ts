import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { rollUp } from '../../../src/analytics/roll-up.ts'
import { checkHealth } from '../../../src/feeds/health/show-health.ts'
import { publishFeed } from '../../../src/feeds/publish-feed.ts'
import { jobRun } from '../../fixtures/job-run.ts'
import { publishedEpisode } from '../../fixtures/published-episode.ts'
import { eventually } from '../../journey/program.ts'
import { openStation, type Station } from '../../station.ts'

/** A free port, so that a station knows its address before it listens. */
async function freePort(): Promise<number> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function listening(t: Test) {
  const port = await freePort()
  const publicUrl = `http://127.0.0.1:${port}`
  const station = await openStation(t, { environment: { PUBLIC_URL: publicUrl, HOST: '127.0.0.1' } })
  await station.web.listen({ port, host: '127.0.0.1' })
  const show = await station.createShow()
  return { ...station, show, publicUrl }
}

/** What the show's one episode answers with instead of what it should: behind a prefix that sends on to a server of its own. */
async function answeringWith(t: Test, station: Station, showId: string, answer: RequestListener): Promise<string[]> {
  const server = createServer(answer)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const episode = await publishedEpisode(station, { id: showId })
  const prefix = `http://127.0.0.1:${port}/`
  await station.app.db.updateTable('show').set({ enclosurePrefix: prefix }).where('id', '=', showId).execute()
  await publishFeed(station.app, { showId })
  // The stand-in is asked as a stranger would be, if it were not at a private address.
  const app = { ...station.app, fetch: station.app.fetchTrusted }
  const health = await checkHealth(app, showId, { probes: true })
  return health.findings
    .filter(({ episodeId, rule }) => episodeId === episode.id && /answers/.test(rule))
    .map(({ message }) => message)
}

t.test(
  'a station that answers as it should has nothing wrong with its answers, and nothing of it is a download',
  async (t) => {
    const { app, api, show } = await listening(t)
    for (const title of ['One', 'Two', 'Three']) await publishedEpisode({ app }, show, { title })
    await publishFeed(app, { showId: show.id })
    const answer = await api('GET', `/shows/${show.id}/health`)
    t.equal(answer.statusCode, 200)
    const health = answer.json()
    t.same(health.probes, { checked: 3, unchecked: 0 })
    t.same(
      health.findings.filter(({ rule }: { rule: string }) => rule.includes('answers')),
      [],
    )
    t.equal(health.isHealthy, false, 'nobody reaches a station at 127.0.0.1')
    const levels = health.findings.map(({ level }: { level: string }) => level)
    t.same(
      levels,
      levels.toSorted((one: string, other: string) => order.indexOf(one) - order.indexOf(other)),
      'worst first',
    )
    t.equal(levels.filter((level: string) => level === 'error').length, health.counts.error)

    await eventually(5, async () => (await app.events.read(0, 100)).hits.length >= 6)
    await rollUp(app, {}, jobRun())
    t.equal((await api('GET', `/shows/${show.id}/downloads?by=day`)).json().downloads, 0)
  },
)

const order = ['error', 'warning', 'hint']

t.test('without probes it is answered at once, and nobody is asked', async (t) => {
  const { app, api, show } = await listening(t)
  await publishedEpisode({ app }, show)
  const health = (await api('GET', `/shows/${show.id}/health?probe=false`)).json()
  t.notOk('probes' in health)
  t.ok(health.findings.length > 0)
  t.equal((await app.events.read(0, 100)).hits.length, 0)
})

t.test('each way to answer wrongly is told in words', async (t) => {
  const bytes = 2_400
  const good = (request: Parameters<RequestListener>[0], response: Parameters<RequestListener>[1], fields = {}) => {
    const isPart = request.headers.range !== undefined
    response.writeHead(isPart ? 206 : 200, {
      'content-type': 'audio/mpeg',
      'content-length': isPart ? 2 : bytes,
      ...(isPart && { 'content-range': `bytes 0-1/${bytes}` }),
      ...fields,
    })
    response.end(request.method === 'HEAD' ? undefined : 'ID')
  }
  const rows: [string, RequestListener, RegExp | undefined][] = [
    ['as it should', (request, response) => good(request, response), undefined],
    [
      'no HEAD',
      (request, response) => (request.method === 'HEAD' ? response.writeHead(405).end() : good(request, response)),
      /405 to HEAD/,
    ],
    [
      'no ranges',
      (_request, response) => response.writeHead(200, { 'content-type': 'audio/mpeg', 'content-length': bytes }).end(),
      /200 to a range/,
    ],
    [
      'another length',
      (request, response) => good(request, response, request.method === 'HEAD' ? { 'content-length': 7 } : {}),
      /has 7 bytes by its answer, 2400 by the feed/,
    ],
    [
      'another type',
      (request, response) => good(request, response, { 'content-type': 'text/html' }),
      /is text\/html by its answer/,
    ],
    [
      'another range',
      (request, response) => good(request, response, request.headers.range ? { 'content-range': 'bytes 0-1/9' } : {}),
      /bytes 0-1\/9/,
    ],
    [
      'a redirect loop',
      (request, response) => response.writeHead(302, { location: request.url }).end(),
      /redirects more than 5 times/,
    ],
    ['silence', (request) => request.socket.destroy(), /does not answer/],
  ]
  for (const [name, answer, words] of rows) {
    await t.test(name, async (t) => {
      const station = await listening(t)
      const messages = await answeringWith(t, station, station.show.id, answer)
      if (words) t.match(messages.join('\n'), words)
      else t.same(messages, [])
    })
  }
})

t.test('a redirect into a private network is not followed', async (t) => {
  const { app, show } = await listening(t)
  await publishedEpisode({ app }, show)
  await app.db.updateTable('show').set({ enclosurePrefix: 'http://127.0.0.1:65000/' }).execute()
  const health = await checkHealth(app, show.id, { probes: true })
  t.match(
    health.findings.filter(({ rule }) => rule === 'apple/answers-enclosure'),
    [{ message: /private/ }],
  )
})

t.test('a station that does not reach itself is one finding, not a thousand', async (t) => {
  const port = await freePort()
  const { app, createShow } = await openStation(t, { environment: { PUBLIC_URL: `http://127.0.0.1:${port}` } })
  const show = await createShow()
  for (const title of ['One', 'Two', 'Three']) await publishedEpisode({ app }, show, { title })
  const health = await checkHealth(app, show.id, { probes: true })
  t.same(health.probes, { checked: 0, unchecked: 3 })
  t.equal(health.findings.filter(({ rule }) => rule.includes('answers')).length, 1)
})

t.test('a show that is not there has no health', async (t) => {
  const { api } = await openStation(t)
  t.equal((await api('GET', '/shows/none/health')).statusCode, 404)
})
