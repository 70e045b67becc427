import { invalid } from '../../core/errors.ts'
import { tryParseUrl } from '../../core/try-parse-url.ts'

const linkNames = new Set(['url', 'feedUrl', 'imageUrl', 'accountUrl'])

/** Every link of a tag, however deep: an address that a program can take apart (WHATWG URL). */
export function checkLinks(value: unknown, field?: string): void {
  if (typeof value !== 'object' || value === null) return
  for (const [name, each] of Object.entries(value)) {
    const place = field === undefined ? name : `${field}.${name}`
    if (linkNames.has(name) && typeof each === 'string' && !tryParseUrl(each)) {
      throw invalid(`“${place}” is not a web address. Copy it whole, like https://example.com/page.`, place)
    }
    checkLinks(each, place)
  }
}

const refusedSchemes = new Set(['http:', 'javascript:', 'data:', 'file:'])

/** An address of any scheme (RFC 3986), like ipfs: or nostr:, but not of one that is open to others on the way or no address at all. */
export function demandUri(text: string, field: string, tag: string): void {
  const url = tryParseUrl(text)
  if (url && !refusedSchemes.has(url.protocol)) return
  throw invalid(`“${field}” must be a whole address, with https:// rather than http:// (${tag}).`, field)
}
