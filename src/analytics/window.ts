import type { CountWindow } from '../core/config.ts'
import type { Hit } from '../core/events.ts'
import { dayOf } from './day.ts'
import { deliveredIntervals } from './delivered-intervals.ts'
import { coveredBytes, type Interval, union } from './intervals.ts'
import { isCountedRedirect } from './redirect.ts'
import { type RenditionFacts, thresholdBytes } from './rendition-facts.ts'

/** How long the requests of one listener are one download, and in which zone (IANA name; null: UTC) a day is a day. */
export type WindowRule = Readonly<{ window: CountWindow; timeZone: string | null }>

/**
 * What one listener asked of one episode within one window: at most one download, on the day of `openedAt`. Plain JSON.
 * Instants are epoch milliseconds.
 */
export type ListeningWindow = Readonly<{
  /** Of its first hit. */
  openedAt: number
  /** Of its newest hit. */
  lastAt: number
  /** Of its first hit, ISO 3166-1 alpha-2; null: not known. */
  country: string | null
  /** Of the hit that made it a download, as they were folded in; null: it is none, yet or any more. */
  countedAt: number | null
  /** `delivered`: the bytes were handed out here; `asked`: all that is known is a redirect to where they are. */
  certainty: 'delivered' | 'asked'
  /** By rendition: which bytes were handed out. */
  heard: Readonly<Record<string, readonly Interval[]>>
  /** Something was asked at an address that listeners are given; a CDN asks for nothing but /media/. */
  isInvited: boolean
  /** A redirect in it counts by itself, unless `isServedHere`. */
  isSentOn: boolean
  /** Bytes were handed out at an address that listeners are given: redirects led nowhere else, and those bytes are all there is. */
  isServedHere: boolean
  /** All of a file was asked for at once, without a range. */
  isAskedWhole: boolean
  /** All of a file was handed out, at once or in pieces. */
  isHeardWhole: boolean
  /** Fetched to keep (all was asked for at once and handed out, or the address was /download/); else it was streamed. */
  isDownload: boolean
}>

const dayMs = 24 * 60 * 60 * 1000

/**
 * Folds one more hit of that listener and episode, which must have passed `refusalOf` and not be `isLate`, into the windows: the
 * last one is extended, or a new one opened. A hit that handed out nothing changes nothing: the same list is given back.
 * Pure; neither the batches that hits come in nor the order of hits at the same instant makes a difference.
 */
export function addHit(
  windows: readonly ListeningWindow[],
  hit: Hit,
  facts: RenditionFacts,
  rule: WindowRule,
): readonly ListeningWindow[] {
  const delivered = deliveredIntervals(hit, facts)
  const isSentOn = isCountedRedirect(hit, facts)
  if (delivered.length === 0 && !isSentOn) return windows
  const last = windows.at(-1)
  if (!last || !isOpen(last, hit.at, rule)) return [...windows, extend(opened(hit), hit, facts, delivered, isSentOn)]
  return windows.with(-1, extend(last, hit, facts, delivered, isSentOn))
}

/** Whether a hit at that instant, not before its opening, would belong to the window (IAB 2.3 §5.5.1). */
export function isOpen({ openedAt, lastAt }: ListeningWindow, at: number, { window, timeZone }: WindowRule): boolean {
  if (window === 'first-touch') return at < openedAt + dayMs
  if (window === 'last-touch') return at < lastAt + dayMs
  return dayOf(at, timeZone) === dayOf(openedAt, timeZone)
}

const opened = (hit: Hit): ListeningWindow => ({
  openedAt: hit.at,
  lastAt: hit.at,
  country: hit.country ?? null,
  countedAt: null,
  certainty: 'asked',
  heard: {},
  isInvited: false,
  isSentOn: false,
  isServedHere: false,
  isAskedWhole: false,
  isHeardWhole: false,
  isDownload: false,
})

function extend(
  window: ListeningWindow,
  hit: Hit,
  facts: RenditionFacts,
  delivered: readonly Interval[],
  isSentOnNow: boolean,
): ListeningWindow {
  const before = window.heard[hit.renditionId] ?? []
  const heard = union(before, delivered)
  const covered = coveredBytes(heard)
  const isDelivered = window.certainty === 'delivered' || (covered > 0 && covered >= thresholdBytes(facts))
  const isInvited = window.isInvited || hit.door !== 'media' || hit.source === 'log'
  const isSentOn = window.isSentOn || isSentOnNow
  const isServedHere = window.isServedHere || (delivered.length > 0 && hit.door !== 'media')
  const isAskedWhole = window.isAskedWhole || hit.status === 200 || (isSentOnNow && hit.range === undefined)
  const isHeardWhole = window.isHeardWhole || (covered > 0 && covered >= facts.bytes)
  return {
    openedAt: window.openedAt,
    lastAt: Math.max(window.lastAt, hit.at),
    country: window.country,
    // A redirect may have counted until bytes of ours were seen, which are not enough, or not enough yet.
    countedAt: isInvited && (isDelivered || (isSentOn && !isServedHere)) ? (window.countedAt ?? hit.at) : null,
    certainty: isDelivered ? 'delivered' : 'asked',
    heard: heard === before ? window.heard : { ...window.heard, [hit.renditionId]: heard },
    isInvited,
    isSentOn,
    isServedHere,
    isAskedWhole,
    isHeardWhole,
    isDownload: window.isDownload || hit.door === 'download' || (isAskedWhole && (isSentOn || isHeardWhole)),
  }
}
