import t, { type Test } from 'tap'
import { rollUp } from '../../../../src/analytics/roll-up.ts'
import { audioUrl } from '../../../../src/core/addresses.ts'
import { checkHealth } from '../../../../src/feeds/health/check-health.ts'
import { probeLimits } from '../../../../src/feeds/health/probe/probe-show.ts'
import { freePorts } from '../../../engines/free-ports.ts'
import { jobRun } from '../../../fixtures/job-run.ts'
import { publishedEpisode } from '../../../fixtures/published-episode.ts'
import { eventually } from '../../../journey/program.ts'
import { openStation, type Station } from '../../../station.ts'

/** A station that can be reached at its own address, with a show of so many episodes. */
async function listeningStation(t: Test, count: number, { isListening = true } = {}) {
  const port = await freePorts(1)
  const environment = { PUBLIC_URL: `http://127.0.0.1:${port}` }
  const station = await openStation(t, { environment })
  const show = await station.createShow()
  const bytes = Buffer.alloc(2_000_000, 'sound ')
  const episodes = []
  for (let index = 0; index < count; index += 1) episodes.push(await publishedEpisode(station, show, { bytes }))
  if (isListening) await station.web.listen({ port, host: '127.0.0.1' })
  return { station, show, episodes }
}

const ofHttp = <Finding extends Readonly<{ rule: string }>>(findings: readonly Finding[]) =>
  findings.filter(({ rule }) => rule.startsWith('http-'))

t.test('a station has nothing against how it serves its own feeds, covers and audio', async (t) => {
  const { station, show } = await listeningStation(t, 12)
  const { statusCode, body } = await station.api('GET', `/shows/${show.id}/health`)
  t.equal(statusCode, 200)
  const report = JSON.parse(body)
  t.same(ofHttp(report.findings), [])
  t.same(report.probes, { checked: 12, unchecked: 0 })
})

t.test('probes count as no download, where a listener does', async (t) => {
  const { station, show, episodes } = await listeningStation(t, 2)
  await checkHealth(station.app, show.id, { probe: true })
  const probeHits = await hitsOf(station, 4)
  t.same(probeHits.map(({ method, status, range }) => [method, status, range]).sort(), [
    ['GET', 206, 'bytes=0-1'],
    ['GET', 206, 'bytes=0-1'],
    ['HEAD', 200, undefined],
    ['HEAD', 200, undefined],
  ])
  await rollUp(station.app, {}, jobRun())
  t.equal(await downloadsOf(station), 0)

  const url = audioUrl(station.app.config, episodes[0]?.id ?? '', 'first-light.mp3')
  await (await fetch(url, { headers: { 'user-agent': 'AntennaPod/3.1' } })).arrayBuffer()
  await hitsOf(station, 5)
  await rollUp(station.app, {}, jobRun())
  t.equal(await downloadsOf(station), 1)
})

t.test('a station that cannot reach itself says so once, not for each episode', async (t) => {
  const { station, show } = await listeningStation(t, 5, { isListening: false })
  const report = await checkHealth(station.app, show.id, { probe: true })
  t.same(
    ofHttp(report.findings).map(({ rule }) => rule),
    ['http-station'],
  )
  t.match(ofHttp(report.findings)[0]?.message, /cannot reach itself at http:\/\/127\.0\.0\.1.*Check PUBLIC_URL/)
  t.same(report.probes, { checked: 0, unchecked: 5 })
})

t.test('what time does not suffice for stays unchecked', async (t) => {
  const { station, show } = await listeningStation(t, 6)
  let asked = 0
  station.app.fetchTrusted = slowAfter(station.app.fetchTrusted, () => {
    asked += 1
    return asked > 7
  })
  const limits = { ...probeLimits, wholeMs: 3_000, atOnce: 2 }
  const report = await checkHealth(station.app, show.id, { probe: true, limits })
  t.same(ofHttp(report.findings), [])
  t.equal((report.probes?.checked ?? 0) + (report.probes?.unchecked ?? 0), 6)
  t.not(report.probes?.checked, 0)
  t.not(report.probes?.unchecked, 0)
})

/** From then on no answer comes. */
const slowAfter =
  (ask: typeof fetch, isSlow: () => boolean): typeof fetch =>
  (input, init) =>
    isSlow()
      ? new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)))
      : ask(input, init)

const hitsOf = ({ app }: Station, count: number) =>
  eventually(20, async () => {
    const { hits } = await app.events.read(0, 100)
    return hits.length >= count && hits
  })

async function downloadsOf({ app }: Station): Promise<number> {
  const rows = await app.db.selectFrom('episodeDay').select('downloads').execute()
  return rows.reduce((sum, { downloads }) => sum + downloads, 0)
}
