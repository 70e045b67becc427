import ipaddr from 'ipaddr.js'

type Address = ReturnType<typeof ipaddr.parse>

/** An address as it is meant: what IPv6 only carries is IPv4 (`::ffff:192.0.2.1`), and no zone. Undefined when it is none. */
export function parseAddress(text: string): Address | undefined {
  const [address = ''] = text.split('%')
  return ipaddr.isValid(address) ? ipaddr.process(address) : undefined
}

/** The IPv4 address, or the /64 of an IPv6 address, which stands for one household (IAB 2.3, uniques). */
export const networkOf = (address: Address): string =>
  address.kind() === 'ipv4' ? address.toString() : (address as ipaddr.IPv6).parts.slice(0, 4).join(':')
