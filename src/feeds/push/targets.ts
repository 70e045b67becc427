import type { Config } from '../../core/config.ts'
import type { Schema } from '../../core/db.ts'
import type { PushReason } from './reasons.ts'

export type PushService = 'websub' | 'podping' | 'overcast'

/** Whom to tell, and why. */
export type Target = Readonly<{ service: PushService; target: string; reason: PushReason }>

export type PushConfig = Pick<Config, 'webSubHubs' | 'podpingUrl' | 'podpingToken' | 'overcastPingUrl'>

/** What is to be told of one feed at once. */
export type News = Readonly<{ reasons: readonly PushReason[]; hasNewEpisodes: boolean }>

export const anEdit: News = { reasons: ['update'], hasNewEpisodes: false }

/**
 * Everybody who wants to hear of it. A hub is told once, whatever they are, because it fetches the feed (WebSub §7);
 * Podping of each; Overcast of new episodes alone.
 */
export function targetsOf(config: PushConfig, { reasons, hasNewEpisodes }: News): Target[] {
  const [first] = reasons
  if (!first) return []
  const { webSubHubs, podpingUrl, overcastPingUrl } = config
  const targets: Target[] = webSubHubs.map((target) => ({ service: 'websub', target, reason: first }))
  if (podpingUrl) {
    for (const reason of reasons) targets.push({ service: 'podping', target: withoutQuery(podpingUrl), reason })
  }
  if (overcastPingUrl && hasNewEpisodes) {
    targets.push({ service: 'overcast', target: withoutQuery(overcastPingUrl), reason: 'update' })
  }
  return targets
}

/** Where a message goes: the settings of today, not of the day it was written; undefined: they name it no more. */
export function addressOf(
  { webSubHubs, podpingUrl, overcastPingUrl }: PushConfig,
  { service, target }: Pick<Schema['push'], 'service' | 'target'>,
): string | undefined {
  if (service === 'websub') return webSubHubs.find((hub) => hub === target)
  return service === 'podping' ? podpingUrl : overcastPingUrl
}

/** The log is for readers who need not know what a query may hold. */
const withoutQuery = (url: string): string => url.replace(/\?.*$/s, '')
