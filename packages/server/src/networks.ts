// Who is one sender as far as addresses tell. Whoever has one address of an IPv6 network has all of them.
import { isIPv6 } from 'node:net'

const HEXTETS = 8
const HEXTETS_OF_NETWORK = 4
const HEXTETS_OF_SITE = 3

/** An IPv4 address, or the /64 of an IPv6 one. */
export const networkOf = (address: string): string =>
  isIPv6(address) ? `${firstHextets(address, HEXTETS_OF_NETWORK)}::/64` : address

/** An IPv4 address, or the /48 of an IPv6 one: what a provider gives to one customer, or to whoever asks. */
export const siteOf = (address: string): string =>
  isIPv6(address) ? `${firstHextets(address, HEXTETS_OF_SITE)}::/48` : address

function firstHextets(address: string, count: number): string {
  const [head = '', tail] = address.split('::')
  const first = head === '' ? [] : head.split(':')
  const last = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: Math.max(0, HEXTETS - first.length - last.length) }, () => '0')
  return [...first, ...zeros, ...last].slice(0, count).join(':')
}
