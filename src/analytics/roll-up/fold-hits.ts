import type { Hit } from '../../core/events.ts'
import { type Listening, listeningKey, whoseHit } from '../count-downloads.ts'
import { isLate } from '../is-late.ts'
import { listenerOf, previousListenerOf } from '../listener.ts'
import type { RenditionFacts } from '../rendition-facts.ts'
import { addHit, type ListeningWindow, type WindowRule } from '../window.ts'
import type { Cursor } from './cursor.ts'

/** A listening that hits are folded into. */
export type FoldedListening = Listening & {
  /** Its windows before the batch. */
  before: readonly ListeningWindow[]
  /** Whether its windows of the last days were kept; else there were none, or they are settled and dropped. */
  isKept: boolean
  /** Instant of the oldest hit that came too late to be folded in: its windows must be made anew from the log. */
  lateAt: number | undefined
}

/** By `listeningKey`. */
export type FoldedListenings = Map<string, FoldedListening>

type Folded = Pick<Cursor, 'settledBefore' | 'linkedUntil'>

type Options = Folded &
  Readonly<{
    factsOf(renditionId: string): RenditionFacts | undefined
    ruleOf(episodeId: string): WindowRule
  }>

/** No window is open longer: a day, and the hour more that a calendar day may have; and another to be safe. */
export const longestOpenMs = 26 * 60 * 60 * 1000

/** A hit, and whose it may be: the listener's, or by the key of before. */
export type Claimed = Readonly<{ hit: Hit; own: FoldedListening; previous: FoldedListening | undefined }>

/** Adds whoever these hits may belong to, without windows yet. Returns the keys of those who are new, too. */
export function openListenings(
  listenings: FoldedListenings,
  hits: readonly Hit[],
): { claimed: Claimed[]; opened: string[] } {
  const opened: string[] = []
  const open = ({ episodeId, userAgent }: Hit, listener: string): FoldedListening => {
    const key = listeningKey(episodeId, listener)
    const known = listenings.get(key)
    if (known) return known
    const listening = { episodeId, listener, userAgent, windows: [], before: [], isKept: false, lateAt: undefined }
    listenings.set(key, listening)
    opened.push(key)
    return listening
  }
  const claimed = hits.map((hit) => {
    const previousListener = previousListenerOf(hit)
    const previous = previousListener === undefined ? undefined : open(hit, previousListener)
    return { hit, own: open(hit, listenerOf(hit)), previous }
  })
  return { claimed, opened }
}

/** Gives them the windows that were kept, by their keys. */
export function recallWindows(
  listenings: FoldedListenings,
  kept: ReadonlyMap<string, readonly ListeningWindow[]>,
): void {
  for (const [key, windows] of kept) {
    const listening = listenings.get(key)
    if (listening) Object.assign(listening, { windows, before: windows, isKept: true })
  }
}

/**
 * Folds hits that may count into the listenings that they may belong to, oldest first. Those that came too late are noted
 * instead: what becomes of a listening that has one, and of who is one with it, is for the log to say.
 */
export function foldHits(claimed: readonly Claimed[], { factsOf, ruleOf, ...folded }: Options): void {
  for (const { hit, own, previous } of claimed.toSorted((one, other) => one.hit.at - other.hit.at)) {
    const facts = factsOf(hit.renditionId)
    if (!facts) continue
    if (isTooLate(own, previous, hit, folded)) {
      own.lateAt = Math.min(own.lateAt ?? hit.at, hit.at)
      continue
    }
    const rule = ruleOf(hit.episodeId)
    const whose = whoseHit(own, previous, hit, rule)
    whose.windows = addHit(whose.windows, hit, facts, rule)
  }
}

/**
 * Whether something was folded in already that comes after the hit and may depend on it: in its own windows, in those of the
 * key before, or in those of a later key, which hits up to `linkedUntil` had a say in. Windows that are dropped are taken to be.
 */
function isTooLate(
  own: FoldedListening,
  previous: FoldedListening | undefined,
  hit: Hit,
  { settledBefore, linkedUntil }: Folded,
): boolean {
  if (hit.at < linkedUntil) return true
  const mayBeDropped = ({ isKept, windows }: FoldedListening) =>
    !isKept && windows.length === 0 && hit.at < settledBefore + longestOpenMs
  if (mayBeDropped(own)) return true
  if (!previous) return isLate(own.windows, hit)
  return mayBeDropped(previous) || hit.at < lastAt(own) || hit.at < lastAt(previous)
}

const lastAt = ({ windows }: Listening) => windows.at(-1)?.lastAt ?? Number.NEGATIVE_INFINITY
