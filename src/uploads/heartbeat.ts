import type { App } from '../core/app.ts'

const beatEveryMs = 500

type Options = Readonly<{
  outer: AbortSignal
  /** What the log says of a beat that throws; the next one may work. */
  complaint: string
}>

/**
 * Calls `beat` twice a second, which tells how far long work is, until it returns that the work is not wanted any more: then
 * `signal` aborts. It aborts with `outer` too. Call `stop` when the work has ended.
 */
export function keepBeating({ clock, log }: App, beat: () => Promise<boolean>, { outer, complaint }: Options) {
  const unwanted = new AbortController()
  const stopped = new AbortController()
  async function beatOften(): Promise<void> {
    while (!stopped.signal.aborted && !unwanted.signal.aborted) {
      const isWanted = await beat().catch((error) => {
        log.warn({ error }, complaint)
        return true
      })
      if (!isWanted) unwanted.abort()
      await clock.sleep(beatEveryMs, stopped.signal)
    }
  }
  const beating = beatOften()
  return {
    signal: AbortSignal.any([outer, unwanted.signal]),
    isUnwanted: () => unwanted.signal.aborted,
    async stop(): Promise<void> {
      stopped.abort()
      await beating
    },
  }
}
