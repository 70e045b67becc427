import type { Hit } from '../core/events.ts'
import { type Agent, agentOf } from './agent.ts'
import { dayOf } from './day.ts'
import { refusalOf } from './filter.ts'
import { inheritWindow } from './inherit-window.ts'
import { listenerOf, previousListenerOf } from './listener.ts'
import type { RenditionFacts } from './rendition-facts.ts'
import { addHit, type ListeningWindow, type WindowRule } from './window.ts'

/** One counted download. */
export type Download = Readonly<{
  episodeId: string
  listener: string
  /** Like `2026-11-26`, in the zone of the rule. */
  day: string
  window: ListeningWindow
}>

export type CountOptions = Readonly<{
  /** Undefined: no such rendition, its hits count for nothing. */
  factsOf(renditionId: string): RenditionFacts | undefined
  ruleOf(episodeId: string): WindowRule
  agentOf?(userAgent: string | undefined): Agent
}>

/** Counts hits, in any order, from nothing: what folding them in one by one must come to. By opening, then listener. */
export function countDownloads(hits: readonly Hit[], options: CountOptions): Download[] {
  const windows = new Map<string, { hit: Hit; list: readonly ListeningWindow[] }>()
  for (const hit of hits.toSorted((one, other) => one.at - other.at)) fold(windows, hit, options)
  return [...windows.values()]
    .flatMap(({ hit, list }) => list.map((window) => downloadOf(hit, window, options)))
    .filter(({ window }) => window.countedAt !== null)
    .sort((one, other) => one.window.openedAt - other.window.openedAt || (one.listener < other.listener ? -1 : 1))
}

type Windows = Map<string, { hit: Hit; list: readonly ListeningWindow[] }>

function fold(windows: Windows, hit: Hit, options: CountOptions): void {
  const facts = options.factsOf(hit.renditionId)
  if (!facts || refusalOf(hit, (options.agentOf ?? agentOf)(hit.userAgent))) return
  const rule = options.ruleOf(hit.episodeId)
  const key = `${hit.episodeId} ${listenerOf(hit)}`
  let own = windows.get(key)?.list ?? []
  const previousListener = previousListenerOf(hit)
  const previous = previousListener && windows.get(`${hit.episodeId} ${previousListener}`)
  if (previous) {
    const both = inheritWindow(own, previous.list, hit.at, rule)
    previous.list = both.previous
    own = both.own
  }
  windows.set(key, { hit, list: addHit(own, hit, facts, rule) })
}

function downloadOf(hit: Hit, window: ListeningWindow, { ruleOf }: CountOptions): Download {
  const { episodeId } = hit
  return { episodeId, listener: listenerOf(hit), day: dayOf(window.openedAt, ruleOf(episodeId).timeZone), window }
}
