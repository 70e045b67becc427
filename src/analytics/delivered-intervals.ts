import type { Hit } from '../core/events.ts'
import { askedIntervals } from './asked-intervals.ts'
import { coveredBytes, type Interval, union } from './intervals.ts'
import type { RenditionFacts } from './rendition-facts.ts'

/** What the head of a part of a multipart/byteranges answer takes, about. */
const partHeadBytes = 150

/**
 * The bytes of the rendition that an answer handed out, whatever else was asked: nothing for HEAD, 304, 416 or a redirect; less
 * than the range where the listener went away. Where a log does not say which range a 206 was, the bytes are taken to be the
 * first of the file: many such answers are then never more than the longest of them.
 */
export function deliveredIntervals(hit: Hit, facts: RenditionFacts): readonly Interval[] {
  if (hit.method !== 'GET' || hit.bytesSent <= 0) return []
  if (hit.status === 200) return firstBytes(hit.bytesSent, facts)
  if (hit.status !== 206) return []
  const asked = hit.range === undefined ? undefined : askedIntervals(hit.range, facts.bytes)
  if (!asked) return firstBytes(hit.bytesSent, facts)
  const first = asked[0]
  if (!first || asked.length > 1) return deliveredParts(asked, hit.bytesSent)
  return [[first[0], Math.min(first[1], first[0] + hit.bytesSent)]]
}

const firstBytes = (bytesSent: number, { bytes }: RenditionFacts): Interval[] => [[0, Math.min(bytesSent, bytes)]]

/** All of them when that many bytes can hold all (a server may join those that overlap), else one after the other. */
function deliveredParts(asked: readonly Interval[], bytesSent: number): readonly Interval[] {
  const all = union([], asked)
  if (bytesSent >= coveredBytes(all)) return all
  const delivered: Interval[] = []
  let left = bytesSent
  for (const [start, end] of asked) {
    left -= partHeadBytes
    if (left <= 0) break
    delivered.push([start, Math.min(end, start + left)])
    left -= end - start
  }
  return union([], delivered)
}
