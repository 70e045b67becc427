import type { App } from '../core/app.ts'

const pauseMs = 2_000

/**
 * What the work gives, tried again and again while it throws, each time with that complaint in the log. Undefined when the
 * signal aborted before it worked; it is tried once in any case.
 */
export async function keepTrying<T>(
  app: App,
  work: () => Promise<T>,
  { signal, complaint }: { signal: AbortSignal; complaint: string },
): Promise<T | undefined> {
  do {
    try {
      return await work()
    } catch (error) {
      app.log.warn({ error }, complaint)
    }
    await app.clock.sleep(pauseMs, signal)
  } while (!signal.aborted)
  return undefined
}
