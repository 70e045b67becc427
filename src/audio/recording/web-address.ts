import { tryParseUrl } from '../../core/try-parse-url.ts'

const longestAddress = 2000

/** An http or https address in its ASCII spelling, at most 2,000 characters; undefined for anything else. */
export function webAddress(text: string | undefined): string | undefined {
  const address = text?.trim()
  if (!address || address.length > longestAddress || !tryParseUrl(address)) return
  const { protocol, href } = new URL(address)
  return /^https?:$/.test(protocol) && href.length <= longestAddress ? href : undefined
}
