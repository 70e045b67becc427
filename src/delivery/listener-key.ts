import { createHmac } from 'node:crypto'
import ipaddr from 'ipaddr.js'

/**
 * What stands for a listener in the log: an HMAC of the IPv4 address, or of the /64 of an IPv6 address (IAB 2.3, uniques).
 * The address itself is kept nowhere.
 */
export function listenerKey(secretKey: string, address: string): string {
  return createHmac('sha256', secretKey).update(networkOf(address)).digest('base64url').slice(0, 22)
}

function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown'
  const parsed = ipaddr.process(address)
  return parsed.kind() === 'ipv4' ? parsed.toString() : (parsed as ipaddr.IPv6).parts.slice(0, 4).join(':')
}
