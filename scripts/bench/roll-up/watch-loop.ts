/**
 * Loaded into a program by `--import`: writes into the file LOOP_FILE, some times a second, for how long its first thread has
 * been held at a time, in milliseconds, since the last SIGUSR2.
 */
import { writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'

const file = process.env.LOOP_FILE
const resolutionMs = 1

if (isMainThread && file) {
  const delays = monitorEventLoopDelay({ resolution: resolutionMs })
  delays.enable()
  process.on('SIGUSR2', () => delays.reset())
  setInterval(() => {
    const { max, count } = delays
    writeFileSync(file, JSON.stringify({ longestMs: count === 0 ? 0 : max / 1e6 - resolutionMs }))
  }, 250).unref()
}
