import { type LineReader, requestOf } from './logged-request.ts'
import { tryDecode } from './try-decode.ts'

/**
 * CloudFront's standard log: W3C extended, fields separated by tabs and named by a `#Fields:` line before them.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html
 */
export function createCloudFrontReader(): LineReader {
  let names: readonly string[] | undefined
  return (line) => {
    if (line.startsWith('#Fields:')) names = line.slice('#Fields:'.length).trim().split(/\s+/)
    if (line.startsWith('#')) return 'other'
    return names && readLine(line, names)
  }
}

function readLine(line: string, names: readonly string[]) {
  const values = line.split('\t')
  if (values.length !== names.length) return undefined
  const field = (name: string) => values[names.indexOf(name)]
  const url = field('cs-uri-stem')
  if (url === undefined) return undefined
  const range = rangeOf(field('sc-range-start'), field('sc-range-end'))
  return requestOf({
    at: Date.parse(`${field('date')}T${field('time')}Z`),
    requestId: field('x-edge-request-id'),
    address: field('c-ip'),
    method: field('cs-method'),
    target: { url },
    status: field('sc-status'),
    range: range && `bytes=${range.start}-${range.end}`,
    bytesSent: bodyBytes(field('sc-bytes'), range ? String(range.end - range.start + 1) : field('sc-content-len')),
    userAgent: decoded(field('cs(User-Agent)')),
    referrer: decoded(field('cs(Referer)')),
  })
}

/** What was answered; the log does not tell what was asked. */
function rangeOf(first: string | undefined, last: string | undefined) {
  const [start, end] = [numberOf(first), numberOf(last)]
  return start <= end ? { start, end } : undefined
}

/** `sc-bytes` has the head of the answer in it: some hundred bytes, which the body's length takes off again. */
const bodyBytes = (sent: string | undefined, length: string | undefined): string | undefined =>
  numberOf(length) < numberOf(sent) ? length : sent

const numberOf = (text: string | undefined) => (/^\d+$/.test(text ?? '') ? Number(text) : Number.NaN)

/** Spaces and what is not ASCII are written in percent. */
const decoded = (text: string | undefined) => text && (tryDecode(text) ?? text)
