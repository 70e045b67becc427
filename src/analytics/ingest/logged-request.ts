/** What was asked for: an address, as asked, or the key of an object in an S3 store. */
export type Target = Readonly<{ url: string; key?: undefined } | { key: string; url?: undefined }>

/** One request as an access log tells it. */
export type LoggedRequest = Readonly<{
  /** Epoch milliseconds; most logs tell when the answer ended, S3 when the request came. */
  at: number
  /** What whoever wrote the log calls it; absent: it has no name. */
  requestId?: string
  /** Of the listener. */
  address: string
  method: string
  target: Target
  status: number
  /** As asked, or what was answered where the log tells only that. */
  range?: string
  /** Of the body. */
  bytesSent: number
  userAgent?: string
  referrer?: string
}>

/**
 * Reads the lines of one log in their order. `other`: a line that is as it should be, but tells of no listener's request.
 * Undefined: it cannot be understood. Never throws, whatever stands in the line.
 */
export type LineReader = (line: string) => LoggedRequest | 'other' | undefined

/** The same, as its fields stand in a log: texts, of which `-` and the empty one mean that there is none. */
export type LoggedFields = Readonly<{
  /** Epoch milliseconds; NaN where that is not known. */
  at: number
  requestId?: string
  address?: string
  method?: string
  target: Target
  status?: string
  range?: string
  /** `-`: none. */
  bytesSent?: string
  userAgent?: string
  referrer?: string
}>

/** Undefined where something is missing that every request has. */
export function requestOf({ at, address, method, target, status, bytesSent, ...rest }: LoggedFields) {
  const bytes = bytesSent === '-' ? 0 : wholeNumber(bytesSent)
  const code = wholeNumber(status)
  const whose = present(address)
  if (!Number.isFinite(at) || whose === undefined || code === undefined || bytes === undefined) return undefined
  const request: LoggedRequest = {
    at: Math.round(at),
    requestId: present(rest.requestId),
    address: whose,
    method: method ?? '',
    target,
    status: code,
    range: present(rest.range),
    bytesSent: bytes,
    userAgent: present(rest.userAgent),
    referrer: present(rest.referrer),
  }
  return request
}

const present = (text: string | undefined) => (text === '' || text === '-' ? undefined : text)

/** Fifteen digits are always exact. */
const wholeNumber = (text: string | undefined) => (/^\d{1,15}$/.test(text ?? '') ? Number(text) : undefined)
