/**
 * An address as it is understood by browsers (WHATWG URL); undefined: it is none. Not `URL.canParse`: in Node 20 that refuses addresses
 * with letters like ä as soon as it was asked often enough to be optimised.
 */
export function tryParseUrl(text: string, base?: string | URL): URL | undefined {
  try {
    return new URL(text, base)
  } catch {
    return undefined
  }
}
