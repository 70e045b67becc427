import path from 'node:path'
import t from 'tap'
import { startPostgres } from '../engines/postgres.ts'
import { goWithoutDatabase, listeners, stationOnLine } from './database-gone.ts'
import { eventually, startProgram } from './program.ts'
import type { Answer } from './steady-listeners.ts'

const goneMs = 3_000
const answersEach = 5

/** Resolves when each listener has got some answers more: nobody waits for what is gone. */
async function allGoOn(answers: readonly Answer[]): Promise<void> {
  const before = answers.length
  await eventually(60, async () => {
    const names = answers.slice(before).map(({ userAgent }) => userAgent.replace(/\..*/, ''))
    const each = new Set(names)
    return (
      each.size === listeners && [...each].every((name) => names.filter((own) => own === name).length >= answersEach)
    )
  })
}

t.test('while the database is gone, no listener notices, and every hit is there when it is back', async (t) => {
  const postgres = await startPostgres()
  t.teardown(() => postgres.stop())
  const folder = t.testdir()
  const station = await stationOnLine(t, { folder, databaseUrl: await postgres.createDatabase() })
  const { program, line, environment } = station
  const ask = async (url: string) => {
    const answer = await fetch(url)
    return { status: answer.status, headers: answer.headers, text: await answer.text() }
  }
  let started: Promise<unknown> | undefined

  const { answers, broken, hits } = await goWithoutDatabase(station, {
    goneMs,
    // The line is mended when this has ended: what is answered here did not wait for the database.
    async meanwhile(answers) {
      started = startProgram(t, { ...environment, LONGWAVE_HOME: path.join(folder, 'late'), DATABASE_URL: line.url })
      const feed = await ask(station.feedUrl)
      t.match(feed, { status: 200, text: /<rss/ }, 'the feed is what it was')
      const unknown = await ask(station.unknownUrl)
      t.match(unknown, { status: 503, text: /"detail":"The database of this station does not answer/ })
      t.equal(unknown.headers.get('retry-after'), '5', 'what nobody asked for before is told to come again')
      t.equal((await ask(`${program.url}/health/live`)).status, 200)
      t.match(await ask(`${program.url}/health/ready`), { status: 503, text: /"database":false,"storage":true/ })
      await allGoOn(answers)
    },
  })

  t.comment(`${answers.length} answers, ${hits.length} hits`)
  t.same(broken, [], 'no answer broke off')
  t.same([...new Set(answers.map(({ status }) => status))], [200])
  t.same([...hits].sort(), answers.map(({ userAgent }) => userAgent).sort(), 'each answer is one hit')
  await started
  t.pass('a process that started meanwhile is ready when the database is back')
})
