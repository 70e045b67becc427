import type { Hit } from '../core/events.ts'

const longestText = 1_000

type Headers = Readonly<{ range?: string; 'user-agent'?: string; referer?: string }>

/** What a hit keeps of a request's headers: three of them, strangers' text cut to a sensible length. */
export const toldBy = (headers: Headers): Pick<Hit, 'range' | 'userAgent' | 'referrer'> => ({
  range: headers.range?.slice(0, longestText),
  userAgent: headers['user-agent']?.slice(0, longestText),
  referrer: headers.referer?.slice(0, longestText),
})
