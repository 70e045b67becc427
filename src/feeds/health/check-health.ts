import type { App } from '../../core/app.ts'
import { getShow } from '../../shows/show.ts'
import { applyRules } from './apply-rules.ts'
import { inspectShow } from './inspected-show.ts'
import { probeLimits, probeShow } from './probe/probe-show.ts'
import { type Finding, levels } from './rule.ts'
import type { HealthReport } from './schemas.ts'

type Options = Readonly<{
  /** Whether feed, cover and audio are asked for over HTTP too: up to 45 seconds. */
  probe: boolean
  limits?: typeof probeLimits
}>

/** Of one rule; a long show may break it a thousand times. */
const mostOfRule = 100

/**
 * What Apple, Spotify, YouTube, PSP-1 and apps would object to in a show, the worst first. Throws `not-found`, and `gone` when the
 * show was deleted.
 */
export async function checkHealth(
  app: App,
  showId: string,
  { probe, limits = probeLimits }: Options,
): Promise<HealthReport> {
  const show = await inspectShow(app, await getShow(app.db, showId))
  const probes = probe ? await probeShow(app, show, limits) : undefined
  const findings = [...(await applyRules(show)), ...(probes?.findings ?? [])]
  const shown = atMostOfRule(findings)
  const count = (wanted: Finding['level']) => findings.filter(({ level }) => level === wanted).length
  const counts = { error: count('error'), warning: count('warning'), hint: count('hint') }
  return {
    checkedAt: new Date(show.now).toISOString(),
    isHealthy: counts.error === 0,
    counts,
    findings: shown.toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level)),
    leftOff: findings.length - shown.length,
    ...(probes && { probes: { checked: probes.checked, unchecked: probes.unchecked } }),
  }
}

function atMostOfRule(findings: readonly Finding[]): Finding[] {
  const counts = new Map<string, number>()
  return findings.filter(({ rule }) => {
    const count = (counts.get(rule) ?? 0) + 1
    counts.set(rule, count)
    return count <= mostOfRule
  })
}
