import { tryParseUrl } from '../../core/try-parse-url.ts'

const longestAddress = 2000

/** An http or https address in its ASCII spelling, at most 2,000 characters; undefined for anything else. */
export function webAddress(text: string | undefined): string | undefined {
  const address = text?.trim()
  if (!address || address.length > longestAddress) return
  const url = tryParseUrl(address)
  return url && /^https?:$/.test(url.protocol) && url.href.length <= longestAddress ? url.href : undefined
}
