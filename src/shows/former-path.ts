import { invalid } from '../core/errors.ts'

/** What the first part of our own addresses can be: below these no former address of a feed would ever answer. */
const ownParts = new Set([
  '',
  'about',
  'admin',
  'api',
  'artwork',
  'assets',
  'audio',
  'download',
  'episodes',
  'favicon.ico',
  'health',
  'media',
  'metrics',
  'shows',
])

const longestPath = 500

/**
 * A path on one host as a row holds it: RFC 3986 §6.2.2 without case folding of letters, so that all ways to escape the same path
 * are one; without slashes at the end. `path` has no query.
 */
export const normalPath = (path: string): string =>
  new URL(`http://host${path}`).pathname
    .replace(/%[\da-f]{2}/gi, (code) => {
      const character = String.fromCharCode(Number.parseInt(code.slice(1), 16))
      return /[\w.~-]/.test(character) ? character : code.toUpperCase()
    })
    .replace(/\/+$/, '')

/** Whether the station has addresses of its own there. */
export const isOurs = (path: string): boolean => ownParts.has(path.split('/')[1] ?? '')

/** The path that a show's feed had elsewhere, as a row holds it. Throws `invalid` with the rule that is broken. */
export function parseFormerPath(text: string): string {
  if (!text.startsWith('/'))
    throw mistake('must begin with /: it is the address of the former feed without https:// and host')
  if (/[?#]/.test(text)) throw mistake('must have no ? and no #: leave out what follows the path')
  if (/[\p{C}\s\\]/u.test(text)) throw mistake('must have no spaces, no backslashes and no control characters')
  const path = normalPath(text)
  if (path.length > longestPath) throw mistake(`must have at most ${longestPath} characters, escapes counted`)
  if (text.startsWith('//')) throw mistake('must begin with one /, not with several')
  if (path === '') throw mistake('must be more than /: there is the home page of this station')
  if (isOurs(path))
    throw mistake(`must not begin with /${path.split('/')[1]}: there are addresses of this station itself`)
  return path
}

const mistake = (rule: string) => invalid(`The path ${rule}. Write it like /feed/podcast.`, 'path')
