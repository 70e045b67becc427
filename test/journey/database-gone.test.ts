import path from 'node:path'
import t from 'tap'
import { startPostgres } from '../engines/postgres.ts'
import { goWithoutDatabase, stationOnLine } from './database-gone.ts'
import { startProgram } from './program.ts'
import { slowestMs } from './steady-listeners.ts'

const goneMs = 3_000
/** A busy machine takes its time; who waits for a database takes longer. */
const promptMs = 5_000

t.test('while the database is gone, no listener notices, and every hit is there when it is back', async (t) => {
  const postgres = await startPostgres()
  t.teardown(() => postgres.stop())
  const folder = t.testdir()
  const station = await stationOnLine(t, { folder, databaseUrl: await postgres.createDatabase() })
  const { program, line, environment } = station
  const ask = async (url: string) => {
    const since = performance.now()
    const answer = await fetch(url)
    return { status: answer.status, headers: answer.headers, text: await answer.text(), ms: performance.now() - since }
  }
  let started: Promise<unknown> | undefined

  const { answers, broken, hits } = await goWithoutDatabase(station, {
    goneMs,
    async meanwhile() {
      started = startProgram(t, { ...environment, LONGWAVE_HOME: path.join(folder, 'late'), DATABASE_URL: line.url })
      const feed = await ask(station.feedUrl)
      t.match(feed, { status: 200, text: /<rss/ }, 'the feed is what it was')
      const unknown = await ask(station.unknownUrl)
      t.match(unknown, { status: 503, text: /"detail":"The database of this station does not answer/ })
      t.equal(unknown.headers.get('retry-after'), '5', 'what nobody asked for before is told to come again')
      t.ok(unknown.ms < promptMs, `${Math.round(unknown.ms)} ms`)
      t.equal((await ask(`${program.url}/health/live`)).status, 200)
      t.match(await ask(`${program.url}/health/ready`), { status: 503, text: /"database":false,"storage":true/ })
    },
  })

  const slowest = slowestMs(answers)
  t.comment(`${answers.length} answers, the slowest after ${Math.round(slowest)} ms; ${hits.length} hits`)
  t.same(broken, [], 'no answer broke off')
  t.same([...new Set(answers.map(({ status }) => status))], [200])
  t.ok(slowest < promptMs, 'none was slow')
  t.same([...hits].sort(), answers.map(({ userAgent }) => userAgent).sort(), 'each answer is one hit')
  await started
  t.pass('a process that started meanwhile is ready when the database is back')
})
