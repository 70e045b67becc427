import { renderToString } from 'preact-render-to-string'
import t from 'tap'
import { HealthFindings } from '../../src/admin/health-findings.tsx'
import type { HealthReport } from '../../src/feeds/health/schemas.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { openAdmin } from './station.ts'

const finding: HealthReport['findings'][number] = {
  rule: 'psp-number-in-title',
  authority: 'PSP',
  level: 'warning',
  message: 'The title begins with a number: “1 <b>”.',
  source: 'PSP-1, item title',
}

const report = (fields: Partial<HealthReport> = {}): HealthReport => ({
  checkedAt: '2026-03-01T12:00:00.000Z',
  isHealthy: true,
  counts: { error: 0, warning: 0, hint: 0 },
  findings: [],
  leftOff: 0,
  ...fields,
})

const rendered = (fields?: Partial<HealthReport>) =>
  renderToString(HealthFindings({ report: report(fields), titles: new Map([['one', 'Fog <1>']]) }))

t.test('a show without faults says so', async (t) => {
  t.match(rendered(), 'Nothing to object to.')
  t.match(
    rendered({ probes: { checked: 12, unchecked: 1 } }),
    'The audio of 12 episodes was fetched. 1 episode stayed unchecked.',
  )
})

t.test('what several episodes break stands once, with their titles, and nothing of it is markup', async (t) => {
  const html = rendered({
    counts: { error: 0, warning: 2, hint: 0 },
    findings: [
      { ...finding, episodeId: 'one' },
      { ...finding, episodeId: 'two' },
    ],
    leftOff: 3,
  })
  t.match(html, '<summary>2 warnings</summary>')
  t.match(html, '<summary>1 more episode</summary>')
  t.match(html, 'Fog &lt;1>')
  t.notMatch(html, '<b>')
  t.match(html, '3 more of the same are not listed')
  t.equal(html.match(/class="level warning"/g)?.length, 1)
})

t.test('the page has a place for it, and its script gets the part with the session alone', async (t) => {
  const station = await openAdmin(t)
  const show = await station.createShow()
  await publishedEpisode(station, show, { title: 'Ep. 1: Fog' })
  const url = `/admin/shows/${show.id}/health?probe=false`
  t.notMatch((await station.get(url)).body, 'data-findings')
  await station.signIn()
  t.match((await station.get('/admin')).body, `data-health="${show.id}"`)
  const { statusCode, body } = await station.get(url)
  t.equal(statusCode, 200)
  t.match(body, /<details open><summary>1 error, /)
  t.match(body, /<em>Ep\. 1: Fog: <\/em>The title begins with a number/)
  t.equal((await station.get('/admin/shows/nothing/health')).statusCode, 404)
})
