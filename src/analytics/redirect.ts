import type { Hit } from '../core/events.ts'
import { askedIntervals } from './asked-intervals.ts'
import { coveredBytes, union } from './intervals.ts'
import { type RenditionFacts, thresholdBytes } from './rendition-facts.ts'

/** The listener was sent on to a CDN or a store, so that what was handed out there is not known here. */
export const isRedirect = ({ status }: Pick<Hit, 'status'>): boolean => status === 302 || status === 307

/**
 * Whether a redirect stands for a download: all was asked for, or a range that begins within the header and is longer than the
 * two bytes of a probe, or ranges that hold the threshold themselves.
 */
export function isCountedRedirect(hit: Hit, facts: RenditionFacts): boolean {
  if (hit.method !== 'GET' || !isRedirect(hit)) return false
  const asked = hit.range === undefined ? undefined : askedIntervals(hit.range, facts.bytes)
  if (!asked) return true
  if (asked.some(([start, end]) => start < Math.max(1, facts.headerBytes) && end - start > 2)) return true
  return coveredBytes(union([], asked)) >= thresholdBytes(facts)
}
