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

/** What one listener asked of one episode, oldest window first. */
export type Listening = {
  readonly episodeId: string
  readonly listener: string
  readonly userAgent: string | undefined
  windows: readonly ListeningWindow[]
}

/** Counts hits, in any order, from nothing: what folding them in one by one must come to. In order of opening. */
export function countDownloads(hits: readonly Hit[], options: CountOptions): Download[] {
  const downloads = listen(hits, options).flatMap((listening) => downloadsOf(listening, options))
  return downloads.sort((one, other) => one.window.openedAt - other.window.openedAt || byName(one, other))
}

/** All that was listened to, by those hits, in any order. */
export function listen(hits: readonly Hit[], options: CountOptions): Listening[] {
  const listenings = new Map<string, Listening>()
  for (const hit of hits.toSorted((one, other) => one.at - other.at)) fold(listenings, hit, options)
  return [...listenings.values()]
}

/** What a hit that may count and that of its rendition is known belongs to, of the two that it names. */
export function whoseHit(own: Listening, previous: Listening | undefined, hit: Hit, rule: WindowRule): Listening {
  return previous && belongsToPrevious(own.windows, previous.windows, hit.at, rule) ? previous : own
}

function fold(listenings: Map<string, Listening>, hit: Hit, options: CountOptions): void {
  const facts = options.factsOf(hit.renditionId)
  if (!facts || refusalOf(hit, (options.agentOf ?? agentOf)(hit.userAgent))) return
  const rule = options.ruleOf(hit.episodeId)
  const own = listeningOf(listenings, hit, listenerOf(hit))
  const previousListener = previousListenerOf(hit)
  const previous = previousListener === undefined ? undefined : listeningOf(listenings, hit, previousListener)
  const whose = whoseHit(own, previous, hit, rule)
  whose.windows = addHit(whose.windows, hit, facts, rule)
}

function listeningOf(
  listenings: Map<string, Listening>,
  { episodeId, userAgent }: Pick<Hit, 'episodeId' | 'userAgent'>,
  listener: string,
): Listening {
  const key = listeningKey(episodeId, listener)
  const listening = listenings.get(key) ?? { episodeId, listener, userAgent, windows: [] }
  listenings.set(key, listening)
  return listening
}

/** What a listener and an episode are known by together. */
export const listeningKey = (episodeId: string, listener: string): string => `${episodeId} ${listener}`

function downloadsOf({ episodeId, listener, windows }: Listening, { ruleOf }: CountOptions): Download[] {
  const { timeZone } = ruleOf(episodeId)
  return windows
    .filter(({ countedAt }) => countedAt !== null)
    .map((window) => ({ episodeId, listener, day: dayOf(window.openedAt, timeZone), window }))
}

const byName = (one: Download, other: Download): number =>
  listeningKey(one.episodeId, one.listener) < listeningKey(other.episodeId, other.listener) ? -1 : 1
