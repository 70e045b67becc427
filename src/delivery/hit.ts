import type { Hit } from '../core/events.ts'

/** What is known of a media request when it is answered. */
export type Answered = Omit<Hit, 'range' | 'userAgent' | 'referrer'>

type Headers = Readonly<{ range?: string; 'user-agent'?: string; referer?: string }>

const longestText = 1_000

/**
 * One answered media request as the log keeps it: strangers' headers cut to a sensible length. Each thing by its name, because to
 * spread so many takes as long as to write them to the journal.
 */
export const hitOf = (answered: Answered, headers: Headers): Hit => ({
  id: answered.id,
  at: answered.at,
  episodeId: answered.episodeId,
  renditionId: answered.renditionId,
  listenerKey: answered.listenerKey,
  previousKey: answered.previousKey,
  country: answered.country,
  feedTokenId: answered.feedTokenId,
  door: answered.door,
  source: answered.source,
  method: answered.method,
  status: answered.status,
  bytesSent: answered.bytesSent,
  range: headers.range?.slice(0, longestText),
  userAgent: headers['user-agent']?.slice(0, longestText),
  referrer: headers.referer?.slice(0, longestText),
})
