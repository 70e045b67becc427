import { writeFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { countRecounts } from '../../src/analytics/recount.ts'
import { rollUp } from '../../src/analytics/roll-up.ts'
import { rulesOf } from '../../src/analytics/rules.ts'
import { parseConfig } from '../../src/core/config.ts'
import { makeHit } from '../fixtures/hits.ts'
import { jobRun } from '../fixtures/job-run.ts'
import { logHits } from '../fixtures/logged-hits.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { openStation } from '../station.ts'

const rulesBy = (environment: Record<string, string>) => rulesOf({ config: parseConfig(environment) })

t.test('rules have the same fingerprint as long as they are the same', async (t) => {
  const file = path.join(t.testdir(), 'apps.json')
  writeFileSync(file, JSON.stringify({ entries: [{ name: 'Our app', pattern: '^Ours/' }] }))
  const usual = await rulesBy({})
  t.equal((await rulesBy({})).fingerprint, usual.fingerprint)
  t.not((await rulesBy({ COUNT_WINDOW: 'calendar-day' })).fingerprint, usual.fingerprint)
  const ours = await rulesBy({ USER_AGENTS_FILE: file })
  t.not(ours.fingerprint, usual.fingerprint)
  t.match(ours.agentOf('Ours/1.0'), { app: 'Our app', kind: 'app' })
  await t.rejects(rulesBy({ USER_AGENTS_FILE: '/nowhere/at/all' }), /USER_AGENTS_FILE: \/nowhere\/at\/all is not there/)
})

t.test('by other rules everything is counted anew', async (t) => {
  const station = await openStation(t)
  const { app } = station
  const show = await station.createShow()
  const episode = await publishedEpisode(station, show, { bytes: Buffer.alloc(2_000_000) })
  const at = Date.parse('2026-11-23T22:00:00Z')
  const hits = [0, 5, 24].map((hours) =>
    makeHit({ episodeId: episode.id, renditionId: episode.renditionId ?? '', at: at + hours * 3_600_000 }),
  )
  await logHits(app.db, hits)
  const downloadsBy = async (countWindow: 'first-touch' | 'last-touch' | 'calendar-day') => {
    await rollUp({ ...app, config: { ...app.config, countWindow } }, {}, jobRun())
    t.equal(await countRecounts(app), 0)
    const query = 'from=2026-11-23&to=2026-11-25'
    const { rows } = (await station.api('GET', `/shows/${show.id}/downloads?${query}`)).json()
    return rows.map(({ downloads }: { downloads: number }) => downloads)
  }
  t.same(await downloadsBy('first-touch'), [1, 1, 0])
  t.same(await downloadsBy('calendar-day'), [1, 1, 0])
  t.same(await downloadsBy('last-touch'), [1, 0, 0])
  t.same(await downloadsBy('first-touch'), [1, 1, 0])
})
