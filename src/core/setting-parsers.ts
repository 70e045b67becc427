import type { S3Location } from './config.ts'
import { splitCommand } from './split-command.ts'
import { tryParseUrl } from './try-parse-url.ts'

/**
 * What the text of a setting means. Each throws an error whose message follows the name of the setting: “PORT: is …”.
 */

export function wholeNumber(least: number, most: number) {
  return (text: string): number => {
    const value = Number(text)
    if (!Number.isSafeInteger(value) || value < least || value > most) {
      throw new Error(`is "${text}", but must be a whole number from ${least} to ${most}`)
    }
    return value
  }
}

export function oneOf<T extends string>(...values: T[]) {
  return (text: string): T => {
    const value = values.find((each) => each === text)
    if (value === undefined) throw new Error(`is "${text}", but must be one of: ${values.join(', ')}`)
    return value
  }
}

export const truth = (text: string): boolean => oneOf('true', 'false')(text) === 'true'

export function atLeast(length: number) {
  return (text: string): string => {
    if (text.length < length)
      throw new Error(`is too short: at least ${length} characters. Make one: openssl rand -hex 32`)
    return text
  }
}

function parseUrl(text: string, ...protocols: string[]): URL {
  const url = tryParseUrl(text)
  if (!url || !protocols.includes(url.protocol)) {
    throw new Error(`must be an address that begins with ${protocols.map((each) => `${each}//`).join(' or ')}`)
  }
  return url
}

/** One that programs can be sent to: nobody is logged in by it. */
export function parseWebUrl(text: string): string {
  const url = tryParseUrl(text)
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new Error(`is “${text}”, but must be an address that begins with https:// or http://`)
  }
  if (url.username || url.password) throw new Error(`holds a user name or a password for ${url.host}: leave it out`)
  url.hash = ''
  return url.href
}

/** With commas or spaces between them; each once. */
export const parseWebUrls = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(parseWebUrl),
  ),
]

/** RFC 9110 §5.5. It is a secret, so the message does not repeat it. */
export function parseHeaderValue(text: string): string {
  if (!/^[\x20-\x7e]+$/.test(text)) throw new Error('must be one line of ASCII characters, as it is sent in a header')
  return text
}

export function parseOrigin(example: string) {
  return (text: string): string => {
    const url = parseUrl(text, 'http:', 'https:')
    if (url.pathname !== '/' || url.search || url.hash || url.username || url.password) {
      throw new Error(`is "${text}", but must be an address without a path, like ${example}`)
    }
    return url.origin
  }
}

export function parseLocation(text: string): string {
  if (!/^(\/[\w.-]+)+\/?$/.test(text)) throw new Error(`is "${text}", but must be a path like /longwave-storage`)
  return text.replace(/\/$/, '')
}

export function parseDatabaseUrl(text: string): string {
  parseUrl(text, 'postgres:', 'postgresql:')
  return text
}

export function parseSmtpUrl(text: string): string {
  parseUrl(text, 'smtp:', 'smtps:')
  return text
}

export function parseCommand(text: string): string[] {
  const words = splitCommand(text)
  if (!words[0]) throw new Error('names no program')
  return words
}

/** `s3://bucket/prefix?endpoint=…&region=…&pathStyle=true` */
export function parseStorageUrl(text: string): S3Location {
  const url = parseUrl(text, 's3:')
  if (!url.hostname) throw new Error('names no bucket: s3://bucket/prefix')
  const unknown = [...url.searchParams.keys()].find((key) => !['endpoint', 'region', 'pathStyle'].includes(key))
  if (unknown) throw new Error(`has an unknown part "${unknown}": endpoint, region and pathStyle are known`)
  const endpoint = url.searchParams.get('endpoint')
  if (endpoint) parseUrl(endpoint, 'http:', 'https:')
  const prefix = decodeURIComponent(url.pathname).replace(/^\/+|\/+$/g, '')
  return {
    bucket: url.hostname,
    prefix: prefix && `${prefix}/`,
    endpoint: endpoint ?? undefined,
    region: url.searchParams.get('region') ?? 'us-east-1',
    pathStyle: truth(url.searchParams.get('pathStyle') ?? 'false'),
  }
}
