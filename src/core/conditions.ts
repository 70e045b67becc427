import type { IncomingHttpHeaders } from 'node:http'

/** What a representation is known by: its entity tag with quotes, and its date in epoch milliseconds. */
export type Validators = Readonly<{ etag: string; modifiedAt: number }>

export type Verdict = 'proceed' | 'not-modified' | 'precondition-failed'

/**
 * The preconditions of a request in the order of RFC 9110 §13.2.2. Entity tags outrank dates; a date that cannot be read is
 * as if it were not there. Range conditions are `ifRangeMatches`.
 */
export function checkConditions(method: string, headers: IncomingHttpHeaders, validators: Validators): Verdict {
  const ifMatch = headers['if-match']
  const ifUnmodifiedSince = parseHttpDate(headers['if-unmodified-since'])
  if (ifMatch !== undefined) {
    if (!listsTag(ifMatch, validators.etag, 'strong')) return 'precondition-failed'
  } else if (ifUnmodifiedSince !== undefined && toSecond(validators.modifiedAt) > ifUnmodifiedSince) {
    return 'precondition-failed'
  }
  const ifNoneMatch = headers['if-none-match']
  const isRead = method === 'GET' || method === 'HEAD'
  if (ifNoneMatch !== undefined) {
    if (!listsTag(ifNoneMatch, validators.etag, 'weak')) return 'proceed'
    return isRead ? 'not-modified' : 'precondition-failed'
  }
  const ifModifiedSince = parseHttpDate(headers['if-modified-since'])
  if (isRead && ifModifiedSince !== undefined && toSecond(validators.modifiedAt) <= ifModifiedSince)
    return 'not-modified'
  return 'proceed'
}

/** The conditions that apply to what has an entity tag and no date (RFC 9110 §13.1.3, §13.1.4). */
export const conditionsOnTags = (headers: IncomingHttpHeaders): IncomingHttpHeaders => ({
  'if-match': headers['if-match'],
  'if-none-match': headers['if-none-match'],
})

/** Whether `If-Range` lets the range stand (RFC 9110 §13.1.5): the same strong tag, or exactly the same date. */
export function ifRangeMatches(header: string, { etag, modifiedAt }: Validators): boolean {
  if (header.startsWith('"')) return header === etag && isStrong(etag)
  return !header.startsWith('W/') && parseHttpDate(header) === toSecond(modifiedAt)
}

/** An instant as IMF-fixdate (RFC 9110 §5.6.7). */
export const httpDate = (instant: number): string => new Date(instant).toUTCString()

const isStrong = (tag: string) => !tag.startsWith('W/')

const opaque = (tag: string) => tag.replace(/^W\//, '')

function listsTag(header: string, etag: string, comparison: 'strong' | 'weak'): boolean {
  if (header.trim() === '*' || (header === etag && isStrong(etag))) return true
  const tags: string[] = header.match(/(?:W\/)?"[^"]*"/g) ?? []
  return comparison === 'strong'
    ? isStrong(etag) && tags.includes(etag)
    : tags.some((tag) => opaque(tag) === opaque(etag))
}

const toSecond = (instant: number) => Math.floor(instant / 1000) * 1000

/** An instant of IMF-fixdate and the two older forms, which all name a day of the week; anything else is no date: undefined. */
export function parseHttpDate(text: string | undefined): number | undefined {
  if (text === undefined || !/^[A-Z][a-z]{2,8},? /.test(text)) return undefined
  const instant = Date.parse(/GMT$|UTC$/.test(text) ? text : `${text} GMT`)
  return Number.isNaN(instant) ? undefined : instant
}
