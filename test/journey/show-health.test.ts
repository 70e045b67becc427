import path from 'node:path'
import t from 'tap'
import type { HealthReport } from '../../src/feeds/health/schemas.ts'
import { createShow } from '../../src/shows/show.ts'
import { inStation } from '../fixtures/in-station.ts'
import { ownFolder } from '../fixtures/own-folder.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { aShow } from '../station.ts'
import { startProgram } from './program.ts'

t.test('the whole program asks itself for feed, cover and audio, and has nothing against them', async (t) => {
  const environment = { LONGWAVE_HOME: path.join(await ownFolder(t), 'home'), SEED: 'none' }
  const show = await inStation(environment, async (app) => {
    const made = await createShow(app, aShow)
    for (let count = 0; count < 3; count += 1) await publishedEpisode({ app }, made)
    return made
  })
  const { api } = await startProgram(t, environment)
  const report = (await (await api('GET', `/shows/${show.id}/health`)).json()) as HealthReport
  t.same(report.probes, { checked: 3, unchecked: 0 })
  t.same(
    report.findings.filter(({ rule }) => rule.startsWith('http-')),
    [],
  )
})
