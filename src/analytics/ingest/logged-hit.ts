import { storableText } from '../../core/db.ts'
import type { Hit } from '../../core/events.ts'
import { toldBy } from '../../delivery/hit.ts'
import { createListenerKeys } from '../../delivery/listener-keys.ts'
import type { ServedAudio } from './find-served.ts'
import type { LoggedRequest } from './logged-request.ts'

/** The statuses of answers that are hits: what was not found, refused or broken is none. */
const hitStatuses: readonly number[] = [200, 206, 302, 304, 307, 412, 416]

/** Whether the station itself would write a hit, if it were for audio. */
export const mayBeHit = ({ method, status }: LoggedRequest): boolean =>
  (method === 'GET' || method === 'HEAD') && hitStatuses.includes(status)

type Options = Readonly<{ secretKey: string; countryOf(address: string): string | undefined }>

/** What makes the hit that a request is. The listener's address stays behind: the hit has its key and its country. */
export function createLoggedHits({ secretKey, countryOf }: Options) {
  const keysOf = createListenerKeys(secretKey)
  return (id: string, request: LoggedRequest, served: ServedAudio): Hit => {
    const { at, address, method, status, bytesSent, range, userAgent, referrer } = request
    const told = { range: storable(range), 'user-agent': storable(userAgent), referer: storable(referrer) }
    return {
      ...served,
      ...keysOf(address, at),
      ...toldBy(told),
      id,
      at,
      country: countryOf(address),
      source: 'log',
      method,
      status,
      bytesSent,
    }
  }
}

const storable = (text: string | undefined) => text && storableText(text)
