import { invalid } from '../core/errors.ts'
import { tryParseUrl } from '../core/try-parse-url.ts'

/** PSP-1's limit for values. */
const longest = 255

/**
 * The address of a service that counts by standing before the enclosures of a feed, like OP3's `https://op3.dev/e/`, as it is
 * stored: ASCII, with a slash at the end. Throws `invalid` with the rule that is broken.
 */
export function parseEnclosurePrefix(text: string): string {
  const url = tryParseUrl(text)
  if (url?.protocol !== 'https:') throw mistake('must begin with https://')
  if (url.username || url.password) throw mistake('must hold no user name and no password: feeds are public')
  if (/[?#]/.test(text)) throw mistake('must have no ? and no #: the address of the audio follows it')
  const prefix = url.href.endsWith('/') ? url.href : `${url.href}/`
  if (prefix.length > longest) throw mistake(`must have at most ${longest} characters`)
  return prefix
}

/**
 * The address of an enclosure behind a prefix, or as it is when there is none. Such services are told `http://` alone, and
 * think of https without it (https://op3.dev/setup).
 */
export const prefixed = (prefix: string | null, url: string): string =>
  prefix === null ? url : prefix + url.replace(/^https:\/\//, '')

const mistake = (rule: string) => invalid(`The prefix ${rule}. Write it like https://op3.dev/e/.`, 'enclosurePrefix')
