// Addresses and CIDR blocks as the IpAddress operators read them (RFC 4632, RFC 4291 §2.2), with
// AWS's own leniencies: leading zeroes in a dotted quad are decimal, a prefix length may be `+24`
// or `024`.

/** An IPv4 address is one 32-bit word, an IPv6 address four. */
export type IpAddress = readonly number[]

/** A block: the address as written, host bits included, and how many leading bits count. */
export type Cidr = { readonly address: IpAddress; readonly prefixLength: number }

const DOT = 0x2e
const DIGIT_ZERO = 0x30
const DIGIT_NINE = 0x39

/**
 * The address that a request came from, or undefined. A block is no address, and a dotted quad
 * inside an IPv6 address only means anything in an IPv4-mapped one.
 */
export function parseIpAddress(text: string): IpAddress | undefined {
  if (!text.includes(':')) return parseIpv4(text)
  const address = parseIpv6(text, true)
  const mapped = address && mappedIpv4(address)
  return mapped ?? (text.includes('.') ? undefined : address)
}

/**
 * The block that a policy names; an address alone is a block of one. undefined for what is neither,
 * for an IPv6 address with a dotted quad, and for an IPv6 block with host bits set, which AWS never
 * matches and IAM does not store.
 */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/')
  const addressText = slash === -1 ? text : text.slice(0, slash)
  const isIpv6 = addressText.includes(':')
  const address = isIpv6 ? parseIpv6(addressText, false) : parseIpv4(addressText)
  if (address === undefined) return undefined
  const bits = isIpv6 ? 128 : 32
  const prefixLength = slash === -1 ? bits : parsePrefixLength(text.slice(slash + 1))
  if (prefixLength === undefined || prefixLength > bits) return undefined
  if (isIpv6 && hasHostBits(address, prefixLength)) return undefined
  return { address, prefixLength }
}

/** Whether the block holds the address. The two families never meet. */
export function cidrContains(
  { address: network, prefixLength }: Cidr,
  address: IpAddress,
): boolean {
  if (network.length !== address.length) return false
  for (let index = 0; index < network.length; index++) {
    const difference = (network[index] ?? 0) ^ (address[index] ?? 0)
    if ((difference & wordMask(prefixLength - 32 * index)) !== 0) return false
  }
  return true
}

function hasHostBits(address: IpAddress, prefixLength: number): boolean {
  return address.some((word, index) => (word & ~wordMask(prefixLength - 32 * index)) !== 0)
}

/** `<< 32` would shift by nothing. */
function wordMask(bits: number): number {
  return bits <= 0 ? 0 : bits >= 32 ? -1 : -1 << (32 - bits)
}

function parsePrefixLength(text: string): number | undefined {
  return /^\+?\d{1,9}$/.test(text) ? Number(text) : undefined
}

function parseIpv4(text: string): IpAddress | undefined {
  const word = parseDottedQuad(text)
  return word === undefined ? undefined : [word]
}

function parseDottedQuad(text: string): number | undefined {
  let word = 0
  let octet = -1
  let dots = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === DOT && octet !== -1 && dots < 3) {
      word = (word << 8) | octet
      octet = -1
      dots++
    } else if (code >= DIGIT_ZERO && code <= DIGIT_NINE) {
      octet = Math.max(octet, 0) * 10 + code - DIGIT_ZERO
      if (octet > 255) return undefined
    } else {
      return undefined
    }
  }
  return dots === 3 && octet !== -1 ? (word << 8) | octet : undefined
}

function parseIpv6(text: string, dottedQuadAllowed: boolean): IpAddress | undefined {
  const halves = text.split('::', 3)
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map((half, index) =>
    parseGroups(half, dottedQuadAllowed && index === halves.length - 1),
  )
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined
  const missing = 8 - head.length - (tail?.length ?? 0)
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined
  const groups = [...head, ...Array.from({ length: missing }, () => 0), ...(tail ?? [])]
  return [0, 2, 4, 6].map(index => ((groups[index] ?? 0) << 16) | (groups[index + 1] ?? 0))
}

/**
 * The sixteen-bit groups of one side of `::`. As AWS reads them, an empty group is zero, and colons
 * at the end of a side are nothing.
 */
function parseGroups(text: string, dottedQuadAllowed: boolean): number[] | undefined {
  const parts = text.replace(/:+$/, '').split(':', 9)
  if (parts.length === 1 && parts[0] === '') return []
  const groups: number[] = []
  for (const [index, part] of parts.entries()) {
    if (/^[0-9a-f]{0,4}$/i.test(part)) {
      groups.push(Number.parseInt(part || '0', 16))
    } else if (dottedQuadAllowed && index === parts.length - 1) {
      const word = parseDottedQuad(part)
      if (word === undefined) return undefined
      groups.push(word >>> 16, word & 0xffff)
    } else {
      return undefined
    }
  }
  return groups
}

/** `::ffff:0:0/96` is IPv4 (RFC 4291 §2.5.5.2). */
function mappedIpv4([first, second, third, fourth = 0]: IpAddress): IpAddress | undefined {
  return first === 0 && second === 0 && third === 0xffff ? [fourth] : undefined
}
