import t from 'tap'
import { countingPage } from '../../src/site/counting-page.tsx'
import { openStation } from '../station.ts'
import { openSite } from './station.ts'

t.test('a page says how downloads are counted, and every page leads there', async (t) => {
  const station = await openSite(t)
  const { status, headers, body } = await station.get('/about/counting')
  t.equal(status, 200)
  t.match(headers['content-type'], 'text/html')
  for (const [what, words] of Object.entries({
    guidelines: /IAB Tech Lab, version 2\.3.*It has not been\s+certified/s,
    threshold: /enough of an episode for a minute of sound/,
    ranges: /put together first, and what is fetched twice counts once/,
    robots: /<li>\s*robots: /,
    watch: /Apple Watch/,
    probes: /probes of a byte or two/,
    'what is not filtered': /data centres and through VPNs are not\s+filtered/,
    redirects: /“asked”/,
    'private links': /private links of a show/,
    'late requests': /counted on the day on which it happened/,
    addresses: /Your address is not stored/,
    cookies: /no cookies/,
    countries: /looked up offline/,
  })) {
    t.match(body, words, what)
  }
  t.match((await station.get('/')).body, /<footer.*href="\/about\/counting"/s)
})

t.test('it says what this station is set to', async (t) => {
  const ask = async (environment: Record<string, string>) => {
    const { web } = await openStation(t, { environment })
    return (await web.inject('/about/counting')).body
  }
  const usual = await ask({})
  t.match(usual, /within 24 hours of the first request/)
  t.match(usual, /deleted after 400 days/)
  t.match(usual, /a list that comes with the software/)
  t.match(
    await ask({ COUNT_WINDOW: 'last-touch', KEEP_HITS_DAYS: '90' }),
    /until they have asked.*deleted after 90 days/s,
  )
  t.match(await ask({ COUNT_WINDOW: 'calendar-day' }), /on one calendar day is one download/)
  const own = { publicUrl: 'https://radio.example.com', countWindow: 'first-touch', keepHitsDays: 400 } as const
  const page = countingPage({ ...own, userAgentsFile: '/etc/agents.json' })
  t.match(page, /a list that who runs this station has chosen/)
  t.notMatch(page, '/etc/agents.json')
})
