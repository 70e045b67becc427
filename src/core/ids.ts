import { randomFillSync } from 'node:crypto'
import { v5, v7 } from 'uuid'

/** Asking the system for randomness takes longer than all the rest: it is asked for many ids at once. */
const pool = Buffer.alloc(256 * 16)
let used = pool.length

let lastMs = 0
let sequence = 0

/**
 * A new identifier: UUIDv7 text (RFC 9562 §5.7), so that ids sort by the time they were made; those of one process and one
 * millisecond too (§6.2, method 1).
 */
export function newId(): string {
  const random = takeRandom()
  const now = Date.now()
  sequence = now > lastMs ? random.readUInt32BE(6) >>> 2 : sequence + 1
  lastMs = Math.max(lastMs, now)
  return v7({ random, msecs: lastMs, seq: sequence })
}

function takeRandom(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += 16
  return pool.subarray(used - 16, used)
}

/** Made up for this one use: UUIDv5 wants a namespace. */
const requestNamespace = 'c91c699d-7885-45be-a0ef-a9c6729274fb'

/**
 * The id of the hit that a request is, from the id that a reverse proxy gave it (`X-Request-Id`): always the same for the same
 * one (UUIDv5), so that a request in the proxy's log and here is one hit.
 */
export const hitIdOf = (requestId: string): string => v5(requestId, requestNamespace)
