import { parseLogTime } from './log-time.ts'
import { type LineReader, requestOf } from './logged-request.ts'
import { splitFields } from './quoted-fields.ts'

/**
 * The server access log of Amazon S3, and of others that write its form: `owner bucket [time] address requester request-id
 * operation key "request" status error bytes size total turn-around "referrer" "user agent" version host-id signature cipher
 * authentication …`. It tells no range: of a 206 the bytes are taken to be the first of the file.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html
 */
export const readS3Line: LineReader = (line) => {
  const fields = splitFields(line) ?? []
  const [, , time = '', address, , requestId, operation = '', key = '', , status, , bytesSent] = fields
  const [referrer, userAgent, , , , , authentication] = fields.slice(15)
  const at = parseLogTime(time)
  if (Number.isNaN(at) || userAgent === undefined) return undefined
  const [, method] = /^(?:REST|WEBSITE)\.(\w+)\.OBJECT$/.exec(operation) ?? []
  if (!method || authentication === 'AuthHeader') return 'other'
  return requestOf({ at, requestId, address, method, target: { key }, status, bytesSent, userAgent, referrer })
}
