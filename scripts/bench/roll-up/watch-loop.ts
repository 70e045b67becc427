/**
 * Loaded into the station before itself: `--import`. Writes on SIGUSR2 how long its main thread was held at most since the last
 * SIGUSR2, as JSON into the file that LOOP_FILE names.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

/** Milliseconds: at most, and at most without the time in which the thread wanted to run and others had the cores. */
export type Held = Readonly<{ heldMs: number; byItselfMs: number }>

const tickMs = 2
const none: Held = { heldMs: 0, byItselfMs: 0 }

const mostOf = (one: Held, other: Held): Held => ({
  heldMs: Math.max(one.heldMs, other.heldMs),
  byItselfMs: Math.max(one.byItselfMs, other.byItselfMs),
})

/** For how long this thread has waited for a core, ms: the scheduler's second number (Linux); 0 elsewhere. */
function waitedMs(): number {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[1]) / 1e6
  } catch {
    return 0
  }
}

/** Calls that every tick with how late it came. */
function watch(onTick: (late: Held) => void): void {
  let last = { at: performance.now(), waited: waitedMs() }
  setInterval(() => {
    const now = { at: performance.now(), waited: waitedMs() }
    const heldMs = now.at - last.at - tickMs
    onTick({ heldMs, byItselfMs: heldMs - (now.waited - last.waited) })
    last = now
  }, tickMs).unref()
}

if (isMainThread) {
  let most: Held | undefined
  process.on('SIGUSR2', () => {
    writeFileSync(process.env.LOOP_FILE ?? '', JSON.stringify(most ?? none))
    // Before the first look nothing is watched: it would take of what else is measured.
    if (!most) watch((late) => (most = mostOf(most ?? none, late)))
    most = none
  })
}
