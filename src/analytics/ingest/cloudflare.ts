import { readJsonLine, textOf } from './json-line.ts'
import { parseInstant } from './log-time.ts'
import { type LineReader, requestOf } from './logged-request.ts'

/** Requests that come from outside; all others are Cloudflare's own: workers, purges, health checks. */
const listenerSources: readonly unknown[] = ['eyeball', 'orangeToOrange', undefined]

/**
 * Cloudflare's Logpush, dataset `http_requests`, as lines of JSON. `RequestHeaders` has the range where the zone's custom fields
 * name the header `range`.
 * https://developers.cloudflare.com/logs/logpush/logpush-job/datasets/zone/http_requests/
 */
export const readCloudflareLine: LineReader = (line) => {
  const fields = readJsonLine(line)
  const url = textOf(fields?.ClientRequestURI)
  if (!fields || url === undefined) return undefined
  if (!listenerSources.includes(fields.ClientRequestSource)) return 'other'
  return requestOf({
    at: parseInstant(textOf(fields.EdgeEndTimestamp) ?? textOf(fields.EdgeStartTimestamp)),
    requestId: textOf(fields.RayID),
    address: textOf(fields.ClientIP),
    method: textOf(fields.ClientRequestMethod),
    target: { url },
    status: textOf(fields.EdgeResponseStatus),
    range: textOf((fields.RequestHeaders as { range?: unknown } | null | undefined)?.range),
    bytesSent: textOf(fields.EdgeResponseBodyBytes) ?? textOf(fields.EdgeResponseBytes),
    userAgent: textOf(fields.ClientRequestUserAgent),
    referrer: textOf(fields.ClientRequestReferer),
  })
}
