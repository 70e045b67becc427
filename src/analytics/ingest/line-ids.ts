import { createHmac } from 'node:crypto'
import { hitIdOf } from '../../core/ids.ts'

/** Equal lines of one log have the same second in them: they stand close to each other. */
const linesInMemory = 10_000

/**
 * Ids for the requests of one log that have none: made of the line and of its place among equal lines, so that the same log, or
 * another that overlaps with it, gives the same ids. Keyed, because the line holds an address, which nobody shall find by trying.
 */
export function createLineIds(secretKey: string): (line: string) => string {
  const places = new Map<string, number>()
  return (line) => {
    const digest = createHmac('sha256', secretKey).update(line).digest('base64url')
    const place = (places.get(digest) ?? 0) + 1
    places.delete(digest)
    places.set(digest, place)
    const oldest = places.size > linesInMemory ? places.keys().next().value : undefined
    if (oldest !== undefined) places.delete(oldest)
    return hitIdOf(`${digest}.${place}`)
  }
}
