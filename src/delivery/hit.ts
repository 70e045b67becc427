import type { Hit } from '../core/events.ts'

/** What is known of a media request when it is answered. */
export type Answered = Omit<Hit, 'range' | 'userAgent' | 'referrer'>

type Headers = Readonly<{ range?: string; 'user-agent'?: string; referer?: string }>

const longestText = 1_000

/** One answered media request as the log keeps it: strangers' headers cut to a sensible length. */
export const hitOf = (answered: Answered, headers: Headers): Hit => ({
  ...answered,
  range: headers.range?.slice(0, longestText),
  userAgent: headers['user-agent']?.slice(0, longestText),
  referrer: headers.referer?.slice(0, longestText),
})
