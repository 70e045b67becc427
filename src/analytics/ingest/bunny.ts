import { parseInstant } from './log-time.ts'
import { type LineReader, requestOf } from './logged-request.ts'

/**
 * bunny.net: `cache|status|time|bytes|zone|address|referrer|url|edge|user agent|request id|country`. It tells neither method nor
 * range: all are taken for GET, and the bytes of a 206 for the first of the file. A `|` in the user agent is part of it.
 * https://docs.bunny.net/docs/cdn-log-format
 */
export const readBunnyLine: LineReader = (line) => {
  const fields = line.split('|')
  const [, status, time, bytesSent, , address, referrer, url, , ...rest] = fields
  const [requestId, country] = rest.slice(-2)
  if (rest.length < 3 || !url || !/^https?:\/\//.test(url) || !/^([A-Z\d]{2}|-)?$/.test(country ?? '')) return undefined
  return requestOf({
    at: parseInstant(time),
    requestId,
    address,
    method: 'GET',
    target: { url },
    status,
    bytesSent,
    userAgent: rest.slice(0, -2).join('|'),
    referrer,
  })
}
