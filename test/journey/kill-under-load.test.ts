import path from 'node:path'
import t from 'tap'
import { killUnderLoad, publishSmallFiles } from './kill-under-load.ts'
import { freePort, ownerToken, startProgram } from './program.ts'

t.test('killed under load, a station has a hit for every answer that was complete, and none twice', async (t) => {
  const environment = {
    LONGWAVE_HOME: path.join(t.testdir(), 'home'),
    PORT: String(await freePort()),
    ADMIN_TOKEN: ownerToken,
  }
  const episodeIds = await publishSmallFiles(environment)
  const start = () => startProgram(t, environment)
  const options = { environment, start, name: 'Kill', loadMs: 500, leastAnswers: 250 }
  const { complete, open, hits } = await killUnderLoad(episodeIds, options)
  t.comment(`${complete.length} complete answers, ${hits.length} hits, ${open} connections`)
  const found = new Set(hits)
  t.same(
    complete.filter((userAgent) => !found.has(userAgent)),
    [],
    'no complete answer is missing',
  )
  t.equal(found.size, hits.length, 'none twice')
  t.ok(hits.length <= complete.length + open, 'no more than those and what was open')
})
