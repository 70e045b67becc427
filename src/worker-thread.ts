import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { openApp } from './app.ts'
import type { Config } from './core/config.ts'
import { createLog } from './log.ts'
import { startWorker } from './worker.ts'

/** The worker of a `ROLE=all` process: a thread with database connections of its own, so that the web thread never waits. */
const config = workerData as Config

/** Linux alone sets it for a thread, not for the whole process: whoever listens is served before the work goes on. */
const niceness = 5
if (process.platform === 'linux') setPriority(niceness)

const app = await openApp(config, createLog(config).child({ thread: 'worker' }))
const worker = startWorker(app)

parentPort?.once('message', async () => {
  await worker.stop()
  await app.close()
  process.exit()
})
