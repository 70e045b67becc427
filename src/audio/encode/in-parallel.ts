/**
 * Does the work for each item, `lanes` at a time, begun in order; each lane is told its number. Results come in the order of the
 * items. When one fails, `signal` (which the work is given) aborts, and it rejects with that failure once all have ended.
 */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  { lanes, signal }: Readonly<{ lanes: number; signal: AbortSignal }>,
  work: (item: Item, context: Readonly<{ lane: number; signal: AbortSignal }>) => Promise<Result>,
): Promise<Result[]> {
  const failed = new AbortController()
  const stop = AbortSignal.any([signal, failed.signal])
  const results: Result[] = []
  const queue = items.entries()

  async function run(lane: number): Promise<void> {
    for (const [index, item] of queue) {
      stop.throwIfAborted()
      results[index] = await work(item, { lane, signal: stop })
    }
  }

  const running = Array.from({ length: Math.min(lanes, items.length) }, (_, lane) =>
    run(lane).catch((error) => failed.abort(error)),
  )
  await Promise.all(running)
  stop.throwIfAborted()
  return results
}
