import type { Hit } from '../core/events.ts'
import type { Agent } from './agent.ts'
import { isPreload } from './preload.ts'
import { isRedirect } from './redirect.ts'

/** Why a hit counts for nothing; reports name it. */
export type Refusal =
  | 'method'
  | 'status'
  | 'probe'
  | 'no-user-agent'
  | 'malformed-user-agent'
  | 'watch'
  | 'robot'
  | 'preload'

/** Why a hit counts for nothing (IAB 2.3 §5.5.2, step 1); undefined: it may count. */
export function refusalOf(hit: Hit, agent: Agent): Refusal | undefined {
  if (hit.method !== 'GET') return 'method'
  if (hit.status !== 200 && hit.status !== 206 && !isRedirect(hit)) return 'status'
  if (isProbe(hit)) return 'probe'
  if (hit.userAgent === undefined || hit.userAgent.trim() === '') return 'no-user-agent'
  if (isMalformed(hit.userAgent)) return 'malformed-user-agent'
  if (isPairedWatch(hit.userAgent)) return 'watch'
  if (agent.kind === 'robot') return 'robot'
  return isPreload(hit, agent) ? 'preload' : undefined
}

/** One range of a byte or two, to see whether ranges are served. */
function isProbe({ status, range }: Hit): boolean {
  if (status === 200 || range === undefined) return false
  if (range === 'bytes=0-1') return true
  const [, first, last] = /^bytes=[ \t]*(\d*)-(\d+)[ \t]*$/i.exec(range) ?? []
  if (first === undefined) return false
  return first === '' ? Number(last) <= 2 : Number(last) - Number(first) < 2
}

/** No name in it at all, or control characters: no app says that. Names in any script are fine. */
const isMalformed = (userAgent: string): boolean =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  !/[a-z\u0080-\uffff]/i.test(userAgent) || /[\u0000-\u001f\u007f]/.test(userAgent)

/** A watch fetches again what its iPhone fetched (IAB 2.3 §8.1). */
const isPairedWatch = (userAgent: string): boolean =>
  (userAgent.startsWith('atc/') && userAgent.includes('watchOS')) || userAgent.includes('(null)/(null) watchOS')
