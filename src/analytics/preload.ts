import type { Hit } from '../core/events.ts'
import { tryParseUrl } from '../core/try-parse-url.ts'
import type { Agent } from './agent.ts'

/** Players on the web that fetch whole episodes before anybody presses play (skymethod/op3, worker/backend/bots.ts). */
const preloadingHosts: readonly string[] = ['podverse.fm', 'widget.podfriend.com']

/**
 * Whether it was fetched ahead, and nobody may ever hear it (IAB 2.3 §5.5.2, step 1.1): Opera on a computer fetches all
 * episodes of a feed that is read in it, and says no referrer; some players on the web do.
 */
export function isPreload({ referrer }: Pick<Hit, 'referrer'>, { app, device, kind }: Agent): boolean {
  if (kind !== 'browser') return false
  if (!referrer) return app === 'Opera' && device === 'computer'
  return isOfHost(referrer)
}

function isOfHost(referrer: string): boolean {
  const hostname = tryParseUrl(referrer)?.hostname
  return hostname !== undefined && preloadingHosts.some((host) => hostname === host || hostname.endsWith(`.${host}`))
}
