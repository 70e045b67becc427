import type { App } from '../../../core/app.ts'
import { AppError } from '../../../core/errors.ts'
import { tryParseUrl } from '../../../core/try-parse-url.ts'

/** What came of a request. */
export type Outcome = Answer | Failure

export type Answer = Readonly<{ status: number; headers: Headers; redirects: number; response: Response }>

/** Why no answer came; `slow`: not in time. */
export type Failure = Readonly<{ failure: 'slow' | 'private' | 'redirects' | 'unreachable'; message: string }>

export type Follow = (
  url: string,
  init?: Readonly<{ method?: string; headers?: Record<string, string> }>,
) => Promise<Outcome>

/** As many as Apple follows. */
export const mostRedirects = 5

const redirecting = [301, 302, 303, 307, 308]

/**
 * Asks as a directory does, and says who it is: a robot, which no count takes for a listener. The station's own address may be in a
 * private network; no other may be, at any redirect. An answer comes without its body being read; it is the caller's to read or
 * cancel. Rejects with the reason of `whole` when that is aborted.
 */
export const createFollow =
  (app: Pick<App, 'fetch' | 'fetchTrusted' | 'config'>, whole: AbortSignal, eachMs: number): Follow =>
  async (url, { method = 'GET', headers = {} } = {}) => {
    const { publicUrl } = app.config
    const own = new URL(publicUrl).origin
    const signal = AbortSignal.any([whole, AbortSignal.timeout(eachMs)])
    const init: RequestInit = {
      method,
      headers: { 'user-agent': `Longwave-Healthbot/1.0 (+${publicUrl})`, ...plainUnlessAsked(headers), ...headers },
      redirect: 'manual',
      signal,
    }
    try {
      for (let redirects = 0, next = url; redirects <= mostRedirects; redirects += 1) {
        const isOwn = tryParseUrl(next)?.origin === own
        const response = await (isOwn ? app.fetchTrusted : app.fetch)(next, init)
        const location = response.headers.get('location')
        if (!redirecting.includes(response.status) || location === null) {
          return { status: response.status, headers: response.headers, redirects, response }
        }
        await response.body?.cancel()
        const target = tryParseUrl(location, next)
        if (!target) return { failure: 'unreachable', message: 'It redirects to what is no address.' }
        next = target.href
      }
      return { failure: 'redirects', message: `It redirects more than ${mostRedirects} times.` }
    } catch (error) {
      if (whole.aborted) throw whole.reason
      return failureOf(error, signal)
    }
  }

export const isAnswer = (outcome: Outcome): outcome is Answer => 'status' in outcome

/** Whether it is the whole of what was asked for, or the part. */
export const isGood = (outcome: Outcome): outcome is Answer =>
  isAnswer(outcome) && (outcome.status === 200 || outcome.status === 206)

/** What an answer says of itself is enough. */
export async function withoutBody(outcome: Promise<Outcome>): Promise<Outcome> {
  const settled = await outcome
  if (isAnswer(settled)) await settled.response.body?.cancel()
  return settled
}

/** fetch asks for compressed bodies unless told; for ranges it never does (Fetch §4.5). */
const plainUnlessAsked = (headers: Record<string, string>): Record<string, string> =>
  'range' in headers ? {} : { 'accept-encoding': 'identity' }

/** A mistake of this program stays one. */
function failureOf(error: unknown, signal: AbortSignal): Failure {
  if (signal.aborted) return { failure: 'slow', message: 'No answer comes in time.' }
  if (!(error instanceof AppError)) throw error
  return { failure: error.code === 'forbidden' ? 'private' : 'unreachable', message: error.message }
}
