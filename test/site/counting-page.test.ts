import t from 'tap'
import { countingPage } from '../../src/site/counting-page.tsx'
import { openSite } from './station.ts'

t.test('a station says how it counts, and every page leads there', async (t) => {
  const { get } = await openSite(t)
  const page = await get('/about/counting')
  t.equal(page.status, 200)
  t.match(page.body, /within 24 hours of the first request/)
  t.match(page.body, /deleted after 400 days/)
  t.match((await get('/')).body, 'href="/about/counting"')
})

t.test('it says what the settings are', async (t) => {
  const station = { publicUrl: 'https://radio.example.com', countWindow: 'last-touch', keepHitsDays: 90 } as const
  const page = countingPage({ ...station, userAgentsFile: '/etc/agents.json' })
  t.match(page, /“last-touch”/)
  t.notMatch(page, /“first-touch”/)
  t.match(page, /after 90 days/)
  t.match(page, /a list that who runs this station has chosen/)
  t.notMatch(page, '/etc/agents.json')
  t.match(countingPage({ ...station, countWindow: 'calendar-day' }), /“calendar-day”/)
})
