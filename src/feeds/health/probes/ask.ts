import type { App } from '../../../core/app.ts'

const mostRedirects = 5
const patienceMs = 10_000

/** A robot by its name: what it asks for is never a download. */
export const userAgent = 'Longwave-health-check-bot/1.0'

export type Asking = Readonly<{
  method: 'GET' | 'HEAD'
  headers?: Readonly<Record<string, string>>
  signal: AbortSignal
}>

/** The last answer, and how many redirects led to it. Its body is not read. */
export type Asked = Readonly<{ status: number; headers: Headers; redirects: number }>

/**
 * Asks as a directory does and follows redirects by itself: the station's own address may be a private one, whatever it redirects
 * to may not. Rejects with a sentence.
 */
export async function ask({ fetch, fetchTrusted, config }: App, url: string, asking: Asking): Promise<Asked> {
  const signal = AbortSignal.any([asking.signal, AbortSignal.timeout(patienceMs)])
  const headers = { 'user-agent': userAgent, 'accept-encoding': 'identity', ...asking.headers }
  for (let target = url, redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const isOwn = new URL(target).origin === new URL(config.publicUrl).origin
    const response = await (isOwn ? fetchTrusted : fetch)(target, {
      method: asking.method,
      headers,
      redirect: 'manual',
      signal,
    })
    await response.body?.cancel()
    const location = response.headers.get('location')
    const isRedirect = [301, 302, 303, 307, 308].includes(response.status) && location && URL.canParse(location, target)
    if (!isRedirect) return { status: response.status, headers: response.headers, redirects }
    target = new URL(location, target).href
  }
  throw new Error(`it redirects more than ${mostRedirects} times`)
}
