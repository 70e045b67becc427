import { createHmac } from 'node:crypto'
import { remember } from '../core/remember.ts'
import { networkOf, parseAddress } from './ip-address.ts'

const dayMs = 24 * 60 * 60 * 1000
const keysInMemory = 20_000
const periodsInMemory = 100
const periodLength = '2026-11'.length

export type ListenerKeys = Readonly<{
  listenerKey: string
  /** For a day after the key has changed: the one before, so that no window of counting breaks. */
  previousKey?: string
}>

/**
 * What stands for a listener in the log: an HMAC of the IPv4 address, or of the /64 of an IPv6 address, under a key that is
 * another in each calendar month (UTC), so that nobody can be followed for longer. The address itself is kept nowhere.
 * `at` is the time of the request, epoch ms.
 */
export function createListenerKeys(secretKey: string): (address: string, at: number) => ListenerKeys {
  const periodKey = remember(periodsInMemory, (period) => createHmac('sha256', secretKey).update(period).digest())
  const keyIn = remember(keysInMemory, (asked) => {
    const address = parseAddress(asked.slice(periodLength))
    const network = address ? networkOf(address) : 'unknown'
    const digest = createHmac('sha256', periodKey(asked.slice(0, periodLength))).update(network)
    return digest.digest('base64url').slice(0, 22)
  })

  // Hits come in the order of time, or nearly: the month of the last one is that of the next.
  let month = monthOf(0)
  return (address, at) => {
    if (at < month.start || at >= month.end) month = monthOf(at)
    const listenerKey = keyIn(month.name + address)
    return at < month.start + dayMs ? { listenerKey, previousKey: keyIn(month.before + address) } : { listenerKey }
  }
}

/** The month of that instant: where it begins and ends, its name, like `2026-11`, and that of the one before. */
function monthOf(at: number) {
  const date = new Date(at)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  const start = Date.UTC(year, month)
  return { start, end: Date.UTC(year, month + 1), name: nameOf(start), before: nameOf(start - 1) }
}

const nameOf = (instant: number) => new Date(instant).toISOString().slice(0, periodLength)
