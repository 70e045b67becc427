import type { EventLog, Hit } from '../../core/events.ts'
import type { LineTally } from './line-tally.ts'

const hitsInBatch = 1_000

/** Collects hits, because one transaction for each would take longer than all the rest, and tallies what was new. */
export function createHitBatch(events: EventLog, tally: LineTally) {
  let hits: Hit[] = []

  async function flush(): Promise<void> {
    const taken = await events.appendAll(hits)
    tally.taken += taken
    tally.known += hits.length - taken
    hits = []
  }

  return {
    async add(hit: Hit): Promise<void> {
      hits.push(hit)
      if (hits.length >= hitsInBatch) await flush()
    },
    flush,
  }
}
