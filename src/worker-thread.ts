import { parentPort, workerData } from 'node:worker_threads'
import { openApp } from './app.ts'
import type { Config } from './core/config.ts'
import { createLog } from './log.ts'
import { startWorker } from './worker.ts'

/** The worker of a `ROLE=all` process: a thread with database connections of its own, so that the web thread never waits. */
const config = workerData as Config
const app = await openApp(config, createLog(config).child({ thread: 'worker' }))
const worker = startWorker(app)

parentPort?.once('message', async () => {
  await worker.stop()
  await app.close()
  process.exit()
})
