import type { App } from '../../../core/app.ts'
import type { InspectedShow } from '../inspected-show.ts'
import { type Finding, objections } from '../rule.ts'
import { createFollow, type Follow, isAnswer, type Outcome } from './follow.ts'
import { coverProbeRules, probeCover } from './probe-cover.ts'
import { enclosureProbeRules, probeEnclosure } from './probe-enclosure.ts'
import { feedProbeRules, probeFeed } from './probe-feed.ts'

/** Apple gives a server about ten seconds. In all it stays below the minute after which proxies give up. */
export type ProbeLimits = Readonly<{ eachMs: number; wholeMs: number; atOnce: number }>
export const probeLimits: ProbeLimits = { eachMs: 10_000, wholeMs: 45_000, atOnce: 8 }

/** `checked` and `unchecked` count episodes. */
export type Probes = Readonly<{ findings: readonly Finding[]; checked: number; unchecked: number }>

/**
 * Asks for the feed, the cover and all audio of a show as directories do. What the time does not suffice for stays unchecked, and
 * so does all when the station cannot reach itself: then that is the one finding.
 */
export async function probeShow(app: App, show: InspectedShow, limits = probeLimits): Promise<Probes> {
  const whole = AbortSignal.timeout(limits.wholeMs)
  const follow = createFollow(app, whole, limits.eachMs)
  const station = await unlessOver(whole, () => probeStation(follow, show))
  if (!station) return { findings: [], checked: 0, unchecked: show.episodes.length }
  if (!isAnswer(station.outcome)) {
    return { findings: [unreachable(show, station.outcome.message)], checked: 0, unchecked: show.episodes.length }
  }
  const ofEpisodes = await probeEpisodes(follow, show, whole, limits.atOnce)
  const reached = ofEpisodes.filter((findings) => findings !== undefined)
  return {
    findings: [...station.findings, ...reached.flat()],
    checked: reached.length,
    unchecked: show.episodes.length - reached.length,
  }
}

/** A feed that answers from elsewhere, as its podcaster wants, says nothing of this station; its cover does. */
async function probeStation(
  follow: Follow,
  { model, feedRedirects }: InspectedShow,
): Promise<Readonly<{ outcome: Outcome; findings: Finding[] }>> {
  const cover = await probeCover(follow, model.imageUrl)
  const findings = objections(coverProbeRules, [cover])
  if (feedRedirects) return { outcome: cover.head, findings }
  const feed = await probeFeed(follow, model.feedUrl)
  return { outcome: feed.first, findings: [...objections(feedProbeRules, [feed]), ...findings] }
}

/** Findings by the episode's place; undefined: the time was over. */
async function probeEpisodes(
  follow: Follow,
  { episodes }: InspectedShow,
  whole: AbortSignal,
  atOnce: number,
): Promise<(Finding[] | undefined)[]> {
  const found: (Finding[] | undefined)[] = episodes.map(() => undefined)
  const waiting = episodes.entries()
  const askInTurn = async () => {
    for (const [place, { id, item }] of waiting) {
      found[place] = await unlessOver(whole, async () =>
        objections(enclosureProbeRules, [await probeEnclosure(follow, item.enclosure)], id),
      )
    }
  }
  await Promise.all(Array.from({ length: atOnce }, askInTurn))
  return found
}

/** Undefined when the time for all is over, before or meanwhile. */
async function unlessOver<T>(whole: AbortSignal, work: () => Promise<T>): Promise<T | undefined> {
  if (whole.aborted) return undefined
  try {
    return await work()
  } catch (error) {
    if (whole.aborted) return undefined
    throw error
  }
}

const unreachable = ({ publicUrl }: InspectedShow, message: string): Finding => ({
  rule: 'http-station',
  authority: 'HTTP',
  level: 'error',
  message: `The station cannot reach itself at ${publicUrl}, so nothing there was checked. ${message} Check PUBLIC_URL, the proxy and DNS; if the station's own network alone is cut off from it, ignore this.`,
  source: 'RFC 9110 §9.3',
})
