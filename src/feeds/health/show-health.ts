import type { App } from '../../core/app.ts'
import { checkRules } from './check-rules.ts'
import { gatherFacts } from './facts.ts'
import { byLevel, countLevels } from './finding.ts'
import { probe } from './probes/probe.ts'
import type { HealthView } from './schemas.ts'

/** A client that waits for an answer gives up after a minute, often. */
const longestProbingMs = 50_000

export type HealthOptions = Readonly<{
  /** Whether to ask the feed, the cover and the audio of each episode, as a directory does. */
  probes: boolean
  /** Aborts when nobody waits any more. */
  signal?: AbortSignal
}>

/** What Apple, Spotify, YouTube and PSP would object to, worst first. Throws `not-found` and `gone`. */
export async function checkHealth(app: App, showId: string, { probes, signal }: HealthOptions): Promise<HealthView> {
  const facts = await gatherFacts(app, showId)
  const time = AbortSignal.timeout(longestProbingMs)
  const probed = probes ? await probe(app, facts, signal ? AbortSignal.any([signal, time]) : time) : undefined
  const findings = byLevel([...checkRules(facts), ...(probed?.findings ?? [])])
  const counts = countLevels(findings)
  return {
    checkedAt: new Date(facts.now).toISOString(),
    isHealthy: counts.error === 0,
    counts,
    findings,
    ...(probed && { probes: { checked: probed.checked, unchecked: probed.unchecked } }),
  }
}
