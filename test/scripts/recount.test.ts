import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import t, { type Test } from 'tap'
import { rollUp } from '../../src/analytics/roll-up.ts'
import { makeHit } from '../fixtures/hits.ts'
import { jobRun } from '../fixtures/job-run.ts'
import { logHits } from '../fixtures/logged-hits.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { startProgram } from '../journey/program.ts'
import { openStation } from '../station.ts'

const dayMs = 24 * 60 * 60 * 1000

type Run = Readonly<{ exitCode: number; output: string; complaints: string }>

/** A station that has counted three downloads of an episode and two of another, and the command. */
async function stationAndCommand(t: Test) {
  const { app, createShow } = await openStation(t)
  const show = await createShow()
  for (const [slug, listeners] of Object.entries({ one: 3, two: 2 })) {
    const { id, renditionId } = await publishedEpisode({ app }, show, { slug })
    const hit = { at: Date.now(), episodeId: id, renditionId: renditionId ?? '' }
    const hits = Array.from({ length: listeners }, (_, each) =>
      makeHit({ ...hit, id: `${slug} ${each}`, listenerKey: `${each}` }),
    )
    await logHits(app.db, hits)
  }
  await rollUp(app, {}, jobRun())
  // Publishing asks for a count of its own, which is not to come between.
  await app.db.deleteFrom('job').where('name', '=', 'recount-episode').execute()

  async function recount(args: readonly string[] = [], environment: Record<string, string> = {}): Promise<Run> {
    const child = spawn(process.execPath, [path.resolve('dist/scripts/recount.js'), ...args], {
      cwd: app.config.home,
      env: { PATH: process.env.PATH, LONGWAVE_HOME: app.config.home, ...environment },
    })
    let [output, complaints] = ['', '']
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (complaints += chunk))
    const [exitCode] = await once(child, 'close')
    return { exitCode, output, complaints }
  }

  return {
    app,
    recount,
    start: () => startProgram(t, { LONGWAVE_HOME: app.config.home }),
    readNumbers: async () => ({
      days: await app.db
        .selectFrom('episodeDay')
        .selectAll()
        .where('downloads', '<>', 0)
        .orderBy('episodeId')
        .execute(),
      showDays: await app.db
        .selectFrom('showDay')
        .selectAll()
        .where('downloads', '<>', 0)
        .orderBy('aspect')
        .orderBy('value')
        .execute(),
      curves: await app.db.selectFrom('episodeCurve').selectAll().orderBy('episodeId').execute(),
    }),
  }
}

t.test('what the log no longer says is no longer counted, while the station runs, and a table says so', async (t) => {
  const { app, recount, start, readNumbers } = await stationAndCommand(t)
  const program = await start()
  await app.db.deleteFrom('hit').where('id', '=', 'one 0').execute()
  const { exitCode, output } = await recount()
  t.equal(exitCode, 0)
  t.equal(output, 'episodes          2\ndownloads before  5\ndownloads now     4\n')
  const { days, curves } = await readNumbers()
  t.same(
    [days, curves].map((rows) => rows.map(({ downloads }) => downloads)),
    [
      [2, 2],
      [2, 2],
    ],
  )
  t.equal((await fetch(`${program.url}/health/ready`)).status, 200)
  t.equal(await program.stop(), 0)
})

t.test('counted anew, right numbers are the same numbers', async (t) => {
  const { recount, readNumbers } = await stationAndCommand(t)
  const right = await readNumbers()
  const { exitCode, output } = await recount()
  t.equal(exitCode, 0)
  t.equal(output, 'episodes          2\ndownloads before  5\ndownloads now     5\n')
  t.same(await readNumbers(), right)
})

t.test('who has hits forgotten is told that older days stay as they are', async (t) => {
  const { app, recount } = await stationAndCommand(t)
  await app.db
    .updateTable('counting')
    .set({ forgottenBefore: Date.now() - 30 * dayMs })
    .execute()
  const old = { showId: 'show', aspect: 'day', day: '2020-01-01', value: '', downloads: 1 }
  await app.db.insertInto('showDay').values(old).execute()
  const { output } = await recount([], { KEEP_HITS_DAYS: '30' })
  t.match(output, /Hits are kept for 30 days \(KEEP_HITS_DAYS\): what was counted of older ones stayed as it was\.\n$/)
})

t.test('the command takes no words, and its settings must make sense', async (t) => {
  const { app, recount } = await stationAndCommand(t)
  t.match(await recount(['--all']), { exitCode: 2, output: '', complaints: /npm run recount/ })
  t.match(await recount(['--help']), { exitCode: 0, output: /npm run recount/, complaints: '' })
  t.match(await recount([], { COUNT_WINDOW: 'weekly' }), {
    exitCode: 1,
    complaints: /^The configuration .*COUNT_WINDOW: /s,
  })
  const file = path.join(app.config.home, 'agents.json')
  await writeFile(file, '{}')
  t.match(await recount([], { USER_AGENTS_FILE: file }), {
    exitCode: 1,
    complaints: /^The configuration has a mistake:\nUSER_AGENTS_FILE: .*agents\.json has none of/,
  })
})
