import { lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import type * as Undici from 'undici'
import { AppError, forbidden, invalid, unavailable } from '../core/errors.ts'
import { tryParseUrl } from '../core/try-parse-url.ts'

const maxRedirects = 5
const globalIPv6 = ipaddr.parseCIDR('2000::/3')

/** `allowPrivate`: true for every address, or a list of those that may be reached all the same. */
type Options = Readonly<{ allowPrivate?: boolean | readonly string[]; connectMs?: number; wholeMs?: number }>

/**
 * A fetch for addresses that others choose: it does not reach into a private network (SSRF). The check stands where the
 * connection is made, so it holds for every redirect (5 are followed) and for a name that changes its address (rebinding).
 * Rejects with `invalid` (no web address), `forbidden` (private) or `unavailable` (all else); so does reading the body.
 * The caller's signal takes the place of `wholeMs`. It takes text or a URL, no `Request`, and sends no `FormData`.
 */
export function createGuardedFetch(options: Options = {}): typeof fetch {
  const { allowPrivate = false, connectMs = 5_000, wholeMs = 30_000 } = options
  const mayReach = (address: string) =>
    isPublic(address) || (typeof allowPrivate === 'boolean' ? allowPrivate : allowPrivate.includes(address))
  let agent: Undici.Agent | undefined
  return async (input, init) => {
    const { href, host } = parseAddress(String(input))
    // Bundled, the package has no other export: it is CommonJS.
    const { default: undici } = await import('undici')
    agent ??= new undici.Agent({ connect: guardedConnector(undici, mayReach, connectMs) })
    const signal = init?.signal ?? AbortSignal.timeout(wholeMs)
    const dispatcher = agent.compose(limitRedirects(host))
    const toFailure = (error: unknown) => failureOf(error, host, signal)
    try {
      const answer = await undici.fetch(href, { ...(init as Undici.RequestInit), signal, dispatcher })
      return toResponse(answer, toFailure)
    } catch (error) {
      throw toFailure(error)
    }
  }
}

function parseAddress(text: string): URL {
  const url = tryParseUrl(text)
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw invalid('This is not a web address: it must begin with https:// or http://.')
  }
  if (url.username || url.password) throw invalid('This address holds a user name or a password: use one without.')
  return url
}

function guardedConnector(
  { buildConnector }: typeof Undici.default,
  mayReach: (address: string) => boolean,
  timeout: number,
) {
  const checkedLookup: LookupFunction = (hostname, options, callback) =>
    lookup(hostname, { ...options, all: true }, (error, addresses = []) => {
      const allowed = addresses.every(({ address }) => mayReach(address))
      callback(error ?? (allowed ? null : insidePrivateNetwork(hostname)), addresses)
    })
  // With autoSelectFamily a look-up is always asked for all addresses; its 250 ms are short for a far server.
  const families = { autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 1_000 }
  const connect = buildConnector({ timeout, lookup: checkedLookup, ...families })
  const guarded: Undici.buildConnector.connector = (target, callback) => {
    // What is an address already is never looked up.
    if (isIP(target.hostname) === 0 || mayReach(target.hostname)) connect(target, callback)
    else callback(insidePrivateNetwork(target.hostname), null)
  }
  return guarded
}

const insidePrivateNetwork = (host: string) =>
  forbidden(`This address is inside a private network: ${host}. Use one that everybody on the internet can reach.`)

/** Global unicast: in no special-purpose range (RFC 6890), and no IPv6 that wraps an IPv4 address. */
function isPublic(text: string): boolean {
  if (!ipaddr.isValid(text)) return false
  const address = ipaddr.parse(text)
  return address.range() === 'unicast' && (address.kind() === 'ipv4' || address.match(globalIPv6))
}

/** fetch dispatches once for the request and once for each redirect; its own limit is 20. */
function limitRedirects(host: string): Undici.Dispatcher.DispatcherComposeInterceptor {
  let asked = 0
  return (dispatch) => (options, handler) => {
    asked += 1
    if (asked > 1 + maxRedirects) throw unavailable(`${host} redirects more than ${maxRedirects} times.`)
    return dispatch(options, handler)
  }
}

/** Node's own kind of response, whose body fails in our words. */
function toResponse(answer: Undici.Response, toFailure: (error: unknown) => unknown): Response {
  const response = new Response(answer.body && relay(answer.body.getReader(), toFailure), answer as ResponseInit)
  return Object.defineProperties(response, { url: { value: answer.url }, redirected: { value: answer.redirected } })
}

function relay(reader: ReadableStreamDefaultReader, toFailure: (error: unknown) => unknown): ReadableStream {
  const pull = async (controller: ReadableStreamDefaultController) => {
    const { done, value } = await reader.read().catch((error) => Promise.reject(toFailure(error)))
    if (done) controller.close()
    else controller.enqueue(value)
  }
  return new ReadableStream({ pull, cancel: (reason) => reader.cancel(reason) })
}

/** A refusal of ours, the caller's reason to stop, and the caller's mistake (a header that is none) stay what they are. */
function failureOf(error: unknown, host: string, signal: AbortSignal): unknown {
  if (signal.aborted && signal.reason?.name !== 'TimeoutError') return signal.reason
  const cause = (error as Error).cause as (Error & { code?: string }) | undefined
  if (cause instanceof AppError) return cause
  if (!signal.aborted && error instanceof TypeError && !cause) return error
  const reason = signal.aborted ? 'it takes too long' : (cause?.code ?? (cause ?? (error as Error)).message)
  return unavailable(`${host} does not answer as it should (${reason}). Check the address, or try again later.`, error)
}
