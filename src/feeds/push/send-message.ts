import { storableText } from '../../core/db.ts'
import { unavailable } from '../../core/errors.ts'
import { tryParseUrl } from '../../core/try-parse-url.ts'
import { oneLine } from '../../shows/one-line.ts'
import type { Message } from './message.ts'

const mostRedirects = 5
const mostBytes = 4_096
const mostCharacters = 200

/**
 * What an answer comes to. `says` is one line of the body of a refusal, shortened; empty when it has none. `retryAfter` is that
 * header; null when it has none.
 */
export type Reply = Readonly<{ status: number; says: string; retryAfter: string | null }>

/**
 * Sends a message and follows redirects by itself: fetch would make a GET of a POST, and a hub would be told nothing (RFC 9110
 * §15.4 lets both be). Rejects with `unavailable` when no answer comes.
 */
export async function sendMessage(
  fetch: typeof globalThis.fetch,
  message: Message,
  signal: AbortSignal,
): Promise<Reply> {
  let next = message
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const { url, ...init } = next
    const response = await fetch(url, { ...init, redirect: 'manual', signal })
    const target = redirectTarget(response, url)
    if (!target) {
      const says = await firstWords(response).catch(() => '')
      return { status: response.status, says, retryAfter: response.headers.get('retry-after') }
    }
    await response.body?.cancel()
    next = sentTo(next, target)
  }
  throw unavailable(`${new URL(message.url).host} redirects more than ${mostRedirects} times.`)
}

/** 303 is none: it answers the message with a page that is to be read. */
function redirectTarget({ status, headers }: Response, from: string): URL | undefined {
  const location = headers.get('location')
  if (![301, 302, 307, 308].includes(status) || !location) return undefined
  return tryParseUrl(location, from)
}

/** A token is for whom the operator named, and for nobody whom they name. */
function sentTo(message: Message, target: URL): Message {
  const { authorization, ...others } = message.headers
  const isSame = target.origin === new URL(message.url).origin
  return { ...message, url: target.href, headers: isSame && authorization ? { ...others, authorization } : others }
}

/** Of a refusal; and no more than is needed: the other end may send for ever. */
async function firstWords(response: Response): Promise<string> {
  if (response.ok) {
    await response.body?.cancel()
    return ''
  }
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes >= mostBytes) break
  }
  const text = Buffer.concat(chunks).subarray(0, mostBytes).toString()
  return storableText(oneLine(text.replace(/\p{C}/gu, ' ')).slice(0, mostCharacters))
}
