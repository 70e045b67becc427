import type { Rule } from '../rule.ts'
import { type Answer, type Follow, isAnswer, type Outcome, withoutBody } from './follow.ts'
import { mediaType } from './probe-enclosure.ts'

/** What came of asking for the feed, and of asking again with its validators; `bytes` are those without compression. */
export type FeedProbe = Readonly<{ url: string; first: Outcome; again: Outcome | undefined; bytes: number }>

/** Directories are said to refuse feeds of several megabytes. */
const mostBytes = 1_000_000

/** Longer feeds are not read to their end. */
const readBytes = 20_000_000

const feedTypes = ['application/rss+xml', 'application/xml', 'text/xml']

/** Rejects when the time for all is over. */
export async function probeFeed(follow: Follow, url: string): Promise<FeedProbe> {
  const headers = { 'accept-encoding': 'gzip' }
  const first = await follow(url, { headers })
  if (!isAnswer(first)) return { url, first, again: undefined, bytes: 0 }
  const bytes = await countBytes(first)
  const validators = validatorsOf(first)
  const again = validators && (await withoutBody(follow(url, { headers: { ...headers, ...validators } })))
  return { url, first, again, bytes }
}

const apple = { authority: 'Apple', source: 'https://podcasters.apple.com/support/823-podcast-requirements' } as const
const http = (clause: string) => ({ authority: 'HTTP', source: `RFC 9110 §${clause}` }) as const

export const feedProbeRules: readonly Rule<[FeedProbe]>[] = [
  {
    ...apple,
    id: 'http-feed-status',
    level: 'error',
    objection({ url, first }) {
      if (!isAnswer(first)) return undefined
      if (first.redirects > 0)
        return `${url} redirects. Have the proxy answer there itself, or set PUBLIC_URL to where it leads.`
      return first.status === 200
        ? undefined
        : `${url} answers ${first.status} where 200 is right. Look at the proxy's settings.`
    },
  },
  {
    ...apple,
    id: 'http-feed-type',
    level: 'error',
    objection({ url, first }) {
      if (!isFound(first) || feedTypes.includes(mediaType(first.headers))) return undefined
      return `${url} is sent as ${mediaType(first.headers) || 'nothing'}. Have the proxy keep the Content-Type application/rss+xml.`
    },
  },
  {
    ...http('13.1'),
    id: 'http-feed-not-modified',
    level: 'warning',
    objection({ url, first, again }) {
      if (!isFound(first)) return undefined
      if (again && isAnswer(again) && again.status === 304) return undefined
      return `${url} is sent whole each time it is asked for. Have the proxy keep ETag and If-None-Match, so that it answers 304.`
    },
  },
  {
    ...http('8.4.1'),
    id: 'http-feed-gzip',
    level: 'warning',
    objection: ({ url, first }) =>
      isFound(first) && first.headers.get('content-encoding') !== 'gzip'
        ? `${url} is not compressed. Have the proxy keep Accept-Encoding, so that the station sends gzip.`
        : undefined,
  },
  {
    ...apple,
    id: 'http-feed-size',
    level: 'warning',
    field: 'feedPageSize',
    objection: ({ bytes }) =>
      bytes > mostBytes
        ? `The feed has ${(bytes / 1_000_000).toFixed(1)} MB; directories are slow with more than 1, or refuse it. Lower feedPageSize, or shorten the notes.`
        : undefined,
  },
]

const isFound = (outcome: Outcome): outcome is Answer => isAnswer(outcome) && outcome.status === 200

function validatorsOf({ headers }: Answer): Record<string, string> | undefined {
  const [etag, date] = [headers.get('etag'), headers.get('last-modified')]
  if (etag !== null) return { 'if-none-match': etag }
  return date === null ? undefined : { 'if-modified-since': date }
}

/** A body that breaks off has the bytes that came. */
async function countBytes({ response }: Answer): Promise<number> {
  let bytes = 0
  try {
    for await (const chunk of response.body ?? []) {
      bytes += chunk.length
      if (bytes > readBytes) break
    }
  } catch {
    return bytes
  }
  return bytes
}
