/**
 * Loaded into the station before itself: `--import`. Writes on SIGUSR2 how long its main thread was held at most since the last
 * SIGUSR2, in milliseconds, into the file that LOOP_FILE names.
 */
import { writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'

const resolutionMs = 1

if (isMainThread) {
  const delays = monitorEventLoopDelay({ resolution: resolutionMs })
  delays.enable()
  process.on('SIGUSR2', () => {
    writeFileSync(process.env.LOOP_FILE ?? '', `${delays.max / 1e6 - resolutionMs}`)
    delays.reset()
  })
}
