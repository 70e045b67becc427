import type { Hit } from '../core/events.ts'
import { type Agent, agentOf } from './agent.ts'
import { belongsToPrevious } from './belongs-to-previous.ts'
import { dayOf } from './day.ts'
import { refusalOf } from './filter.ts'
import { listenerOf, previousListenerOf } from './listener.ts'
import type { RenditionFacts } from './rendition-facts.ts'
import { addHit, type ListeningWindow, type WindowRule } from './window.ts'

/** One counted download. */
export type Download = Readonly<{
  episodeId: string
  /** See `listenerOf`; after a change of keys the one from before. */
  listener: string
  /** On which its window was opened, like `2026-11-26`, in the zone of the rule. */
  day: string
  window: ListeningWindow
}>

export type CountOptions = Readonly<{
  /** Undefined: there is no such rendition, and its hits count for nothing. */
  factsOf(renditionId: string): RenditionFacts | undefined
  ruleOf(episodeId: string): WindowRule
  agentOf?(userAgent: string | undefined): Agent
}>

type Listening = { episodeId: string; listener: string; windows: readonly ListeningWindow[] }

/** Counts hits, in any order, from nothing: what folding them in one by one must come to. In order of opening. */
export function countDownloads(hits: readonly Hit[], options: CountOptions): Download[] {
  const listenings = new Map<string, Listening>()
  for (const hit of hits.toSorted((one, other) => one.at - other.at)) fold(listenings, hit, options)
  const downloads = [...listenings.values()].flatMap((listening) => downloadsOf(listening, options))
  return downloads.sort((one, other) => one.window.openedAt - other.window.openedAt || byName(one, other))
}

function fold(listenings: Map<string, Listening>, hit: Hit, options: CountOptions): void {
  const facts = options.factsOf(hit.renditionId)
  if (!facts || refusalOf(hit, (options.agentOf ?? agentOf)(hit.userAgent))) return
  const rule = options.ruleOf(hit.episodeId)
  const own = listeningOf(listenings, hit.episodeId, listenerOf(hit))
  const previousListener = previousListenerOf(hit)
  const previous = previousListener && listeningOf(listenings, hit.episodeId, previousListener)
  const whose = previous && belongsToPrevious(own.windows, previous.windows, hit.at, rule) ? previous : own
  whose.windows = addHit(whose.windows, hit, facts, rule)
}

function listeningOf(listenings: Map<string, Listening>, episodeId: string, listener: string): Listening {
  const key = `${episodeId} ${listener}`
  const listening = listenings.get(key) ?? { episodeId, listener, windows: [] }
  listenings.set(key, listening)
  return listening
}

function downloadsOf({ episodeId, listener, windows }: Listening, { ruleOf }: CountOptions): Download[] {
  const { timeZone } = ruleOf(episodeId)
  return windows
    .filter(({ countedAt }) => countedAt !== null)
    .map((window) => ({ episodeId, listener, day: dayOf(window.openedAt, timeZone), window }))
}

const byName = (one: Download, other: Download): number =>
  `${one.episodeId} ${one.listener}` < `${other.episodeId} ${other.listener}` ? -1 : 1
