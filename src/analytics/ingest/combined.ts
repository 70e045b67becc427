import { parseLogTime } from './log-time.ts'
import { type LineReader, requestOf } from './logged-request.ts'
import { splitFields, unescapeField } from './quoted-fields.ts'

/**
 * The Combined Log Format of nginx (`combined`, `main`) and Apache:
 * `address - user [time] "request" status bytes "referrer" "user agent"`, and more after it. It tells no range: of a 206 the bytes
 * are taken to be the first of the file.
 * https://httpd.apache.org/docs/2.4/logs.html#combined
 */
export const readCombinedLine: LineReader = (line) => {
  const [address, , , time = '', asked, status, bytesSent, referrer, userAgent] = splitFields(line) ?? []
  if (asked === undefined || referrer === undefined || userAgent === undefined) return undefined
  const [, method, url = ''] = /^(\S+) (.+?)(?: HTTP\/[\d.]+)?$/.exec(unescapeField(asked)) ?? []
  return requestOf({
    at: parseLogTime(time),
    address,
    method,
    target: { url },
    status,
    bytesSent,
    referrer: unescapeField(referrer),
    userAgent: unescapeField(userAgent),
  })
}
