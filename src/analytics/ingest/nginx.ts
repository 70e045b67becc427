import { readJsonLine, textOf } from './json-line.ts'
import { parseInstant } from './log-time.ts'
import { type LineReader, requestOf } from './logged-request.ts'

/**
 * nginx with a `log_format` of JSON whose names are those of nginx's variables: the one that docs/operating.md recommends. Whatever
 * else writes these names is read too (Fastly and others let one write the format).
 * https://nginx.org/en/docs/http/ngx_http_log_module.html#log_format
 */
export const readNginxLine: LineReader = (line) => {
  const fields = readJsonLine(line)
  const url = textOf(fields?.request_uri)
  if (!fields || url === undefined) return undefined
  return requestOf({
    at: parseInstant(textOf(fields.msec)),
    requestId: textOf(fields.request_id),
    address: textOf(fields.remote_addr),
    method: textOf(fields.request_method),
    target: { url },
    status: textOf(fields.status),
    range: textOf(fields.http_range),
    bytesSent: textOf(fields.body_bytes_sent),
    userAgent: textOf(fields.http_user_agent),
    referrer: textOf(fields.http_referer),
  })
}
