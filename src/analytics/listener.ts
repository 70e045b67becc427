import { createHash } from 'node:crypto'
import type { Hit } from '../core/events.ts'

const mostRemembered = 10_000

const hashes = new Map<string, string>()

/** Who asks: the key of the address, and a hash of the user agent (IAB 2.3 §5.5.4: uniques are IP + UA). */
export const listenerOf = (hit: Pick<Hit, 'listenerKey' | 'userAgent'>): string =>
  `${hit.listenerKey}.${hashOf(hit.userAgent ?? '')}`

/** Who that was before the key of the addresses was changed; undefined when it was not changed within a day. */
export const previousListenerOf = (hit: Pick<Hit, 'previousKey' | 'userAgent'>): string | undefined =>
  hit.previousKey === undefined ? undefined : `${hit.previousKey}.${hashOf(hit.userAgent ?? '')}`

function hashOf(userAgent: string): string {
  const known = hashes.get(userAgent)
  if (known !== undefined) return known
  if (hashes.size >= mostRemembered) hashes.clear()
  const hash = createHash('sha256').update(userAgent).digest('base64url').slice(0, 11)
  hashes.set(userAgent, hash)
  return hash
}
