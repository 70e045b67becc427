import type { Interval } from './intervals.ts'
import type { RenditionFacts } from './rendition-facts.ts'
import type { ListeningWindow } from './window.ts'

/** Into how many parts of the same length the audio of an episode is divided, to see how far it is heard. */
export const audioParts = 100

const allParts: readonly number[] = new Array<number>(audioParts).fill(1)

/**
 * Which parts of the audio were fetched, at least half of each, in any rendition: 1 or 0 for each. Bytes are taken to be spread
 * evenly over the time, as a constant bit rate has them.
 */
export function heardParts(
  { heard, isHeardWhole }: Pick<ListeningWindow, 'heard' | 'isHeardWhole'>,
  factsOf: (renditionId: string) => RenditionFacts | undefined,
): readonly number[] {
  if (isHeardWhole) return allParts
  const parts = new Array<number>(audioParts).fill(0)
  for (const [renditionId, intervals] of Object.entries(heard)) {
    const facts = factsOf(renditionId)
    if (facts && facts.bytes > facts.headerBytes) mark(parts, intervals, facts)
  }
  return parts
}

/** Bytes of each part, for one use after the other: making them anew would take longer than the rest. */
const covered = new Float64Array(audioParts)

function mark(parts: number[], intervals: readonly Interval[], { bytes, headerBytes }: RenditionFacts): void {
  const partBytes = (bytes - headerBytes) / audioParts
  covered.fill(0)
  for (const [start, end] of intervals) {
    const [from, to] = [Math.max(0, start - headerBytes), end - headerBytes]
    for (let part = Math.floor(from / partBytes); part < audioParts && part * partBytes < to; part += 1) {
      covered[part] = (covered[part] ?? 0) + Math.min(to, (part + 1) * partBytes) - Math.max(from, part * partBytes)
    }
  }
  for (let part = 0; part < audioParts; part += 1) if ((covered[part] ?? 0) >= partBytes / 2) parts[part] = 1
}
