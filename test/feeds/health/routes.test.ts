import t from 'tap'
import { publishedEpisode } from '../../fixtures/published-episode.ts'
import { openStation } from '../../station.ts'

const rulesOf = (body: string): string[] => JSON.parse(body).findings.map(({ rule }: { rule: string }) => rule)

t.test('a new show is told what it lacks at once, errors first', async (t) => {
  const { api, createShow } = await openStation(t)
  const { id } = await createShow()
  const { statusCode, body } = await api('GET', `/shows/${id}/health?probe=false`)
  t.equal(statusCode, 200)
  const report = JSON.parse(body)
  t.match(rulesOf(body), ['apple-public-address', 'apple-has-episode', 'apple-cover'])
  t.equal(report.isHealthy, false)
  t.same(report.counts, { error: 2, warning: 1, hint: 3 })
  t.equal(report.leftOff, 0)
  t.notOk('probes' in report)
  t.match(report.findings[0], { authority: 'Apple', level: 'error', source: /^https:/, message: /PUBLIC_URL/ })
})

t.test('a show at a public address with an episode is healthy, though it could be better', async (t) => {
  const station = await openStation(t, { environment: { PUBLIC_URL: 'https://radio.example.com' } })
  const { id } = await station.createShow()
  const episode = await publishedEpisode(station, { id }, { title: 'Ep. 1: Fog', notes: 'Fog.' })
  await publishedEpisode(station, { id }, { title: 'Mist', notes: 'Mist.' })
  const { body } = await station.api('GET', `/shows/${id}/health?probe=false`)
  const report = JSON.parse(body)
  t.equal(report.isHealthy, true)
  t.match(
    report.findings.find(({ rule }: { rule: string }) => rule === 'psp-number-in-title'),
    { episodeId: episode.id, level: 'warning', field: 'title' },
  )
  await station.api('PATCH', `/episodes/${episode.id}`, { title: 'Fog' })
  t.notMatch(rulesOf((await station.api('GET', `/shows/${id}/health?probe=false`)).body), 'psp-number-in-title')
})

t.test('of one rule a hundred findings are listed, and all are counted', async (t) => {
  const station = await openStation(t, { environment: { PUBLIC_URL: 'https://radio.example.com' } })
  const { id } = await station.createShow()
  for (let count = 0; count < 103; count += 1) await publishedEpisode(station, { id }, { title: `Fog ${count}` })
  const report = JSON.parse((await station.api('GET', `/shows/${id}/health?probe=false`)).body)
  const listed = report.findings.filter(({ rule }: { rule: string }) => rule === 'psp-episode-description')
  t.equal(listed.length, 100)
  t.equal(report.leftOff, 3)
  t.equal(report.counts.error + report.counts.warning + report.counts.hint, report.findings.length + 3)
})

t.test('refusals', async (t) => {
  const { api, createShow, web } = await openStation(t)
  const { id } = await createShow()
  t.equal((await web.inject(`/api/shows/${id}/health?probe=false`)).statusCode, 401)
  t.equal((await api('GET', '/shows/nothing/health?probe=false')).statusCode, 404)
  t.equal((await api('GET', `/shows/${id}/health?probe=perhaps`)).statusCode, 400)
  await api('DELETE', `/shows/${id}`)
  t.equal((await api('GET', `/shows/${id}/health?probe=false`)).statusCode, 410)
})
