/**
 * `npm run recount`: counts all downloads anew from the log of hits, for the station that the environment tells of, which may run
 * meanwhile. Reports stand still while it works, and say the same afterwards unless the rules of counting were changed.
 */
import { countRecounts, recountAll } from '../src/analytics/recount.ts'
import { openApp } from '../src/app.ts'
import { ConfigError, parseConfig } from '../src/core/config.ts'
import { createLog } from '../src/log.ts'
import { runLane } from '../src/worker.ts'

const pollMs = 500

async function main(): Promise<void> {
  const config = parseConfig(process.env)
  const app = await openApp(config, createLog(config))
  const done = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done.abort())
  await recountAll(app)
  // Whoever comes first takes the job: a worker of the station, or this process.
  const working = runLane(app, 'light', done.signal, ['roll-up'])
  for (let left = await countRecounts(app); left > 0 && !done.signal.aborted; left = await countRecounts(app)) {
    process.stderr.write(`${left} episodes left\n`)
    await app.clock.sleep(pollMs, done.signal)
  }
  if (!done.signal.aborted) process.stdout.write('All downloads are counted anew.\n')
  done.abort()
  await working
  await app.close()
}

main().catch((error) => {
  process.stderr.write(`${error instanceof ConfigError ? error.message : error.stack}\n`)
  process.exitCode = 1
})
