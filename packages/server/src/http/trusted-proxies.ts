// Which peers are proxies of our own. Only what such a peer says of a client is believed: anybody else could claim any address.
import { BlockList, SocketAddress, isIP, isIPv4, isIPv6 } from 'node:net'

/** The header that the proxies write: the customary one, or RFC 7239's. The other one is a client's own words, and is not read. */
export const FORWARDED_HEADERS = ['x-forwarded-for', 'forwarded'] as const
export type ForwardedHeader = (typeof FORWARDED_HEADERS)[number]

export type TrustedProxies = {
  readonly header: ForwardedHeader
  /** Whether a canonical address is a proxy's. */
  readonly has: (address: string) => boolean
}

export const NO_PROXIES: TrustedProxies = { header: 'x-forwarded-for', has: () => false }

/**
 * The proxies at these addresses and CIDR blocks.
 * @returns the first block that is none, where one is: `/0` would believe everybody
 */
export function trustedProxies(
  blocks: readonly string[],
  header: ForwardedHeader,
): TrustedProxies | { readonly wrong: string } {
  const list = new BlockList()
  for (const block of blocks) if (!addBlock(list, block)) return { wrong: block }
  return { header, has: address => list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4') }
}

function addBlock(list: BlockList, block: string): boolean {
  const [network = '', prefix, ...more] = block.split('/')
  const version = isIP(network)
  if (version === 0 || more.length > 0 || network.includes('%')) return false
  const family = version === 6 ? 'ipv6' : 'ipv4'
  const longest = version === 6 ? 128 : 32
  const length = prefix === undefined ? longest : /^\d{1,3}$/.test(prefix) ? Number(prefix) : 0
  if (length < 1 || length > longest) return false
  list.addSubnet(network, length, family)
  return true
}

const MAPPED_IPV4 = '::ffff:'

/**
 * An address in its one form, RFC 5952's for IPv6; undefined for what is none. IPv4 that came as IPv6 is IPv4, and the zone of a
 * link-local address means something to this machine alone.
 */
export function canonicalAddress(text: string): string | undefined {
  if (isIPv4(text)) return text
  if (!isIPv6(text)) return undefined
  const { address } = new SocketAddress({ address: text, family: 'ipv6' })
  const embedded = address.startsWith(MAPPED_IPV4) ? address.slice(MAPPED_IPV4.length) : ''
  return isIPv4(embedded) ? embedded : address
}
