// Addresses and CIDR blocks of the IP operators (RFC 4632, RFC 4291), with AWS's leniencies.

/** An address as one number, 32 or 128 bits wide. */
export type Address = { readonly bits: bigint; readonly width: 32n | 128n }

/** The addresses that share the first `length` bits of `address`. */
export type Block = { readonly address: Address; readonly length: bigint }

/**
 * Of a request: an address alone. An IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2) is IPv4, and only
 * such a one may be written with a dotted quad.
 */
export function readAddress(text: string): Address | undefined {
  if (!text.includes(':')) return readIpv4(text)
  const address = readIpv6(withoutDottedQuad(text))
  if (address === undefined) return undefined
  if (address.bits >> 32n === 0xffffn) return { bits: address.bits & 0xffff_ffffn, width: 32n }
  return text.includes('.') ? undefined : address
}

/**
 * Of a policy: an address, which is a block of one, or a block. Host bits of IPv4 are ignored; an
 * IPv6 block with host bits never matches.
 */
export function readBlock(text: string): Block | undefined {
  const [addressText = '', lengthText, ...more] = text.split('/')
  const address = addressText.includes(':') ? readIpv6(addressText) : readIpv4(addressText)
  if (address === undefined || more.length > 0) return undefined
  const length = lengthText === undefined ? address.width : readLength(lengthText)
  if (length === undefined || length > address.width) return undefined
  const hasHostBits = address.bits !== firstBits(address, length) << (address.width - length)
  return address.width === 128n && hasHostBits ? undefined : { address, length }
}

/** Addresses of one family never are in a block of the other. */
export function contains({ address: network, length }: Block, address: Address): boolean {
  return (
    network.width === address.width && firstBits(network, length) === firstBits(address, length)
  )
}

function firstBits({ bits, width }: Address, length: bigint): bigint {
  return bits >> (width - length)
}

/** `024` and `+24` are 24. */
function readLength(text: string): bigint | undefined {
  return /^\+?\d+$/.test(text) ? BigInt(text.replace('+', '')) : undefined
}

/** Four decimal octets, leading zeroes allowed. */
function readIpv4(text: string): Address | undefined {
  const octets = text.split('.')
  const areOctets = octets.every(octet => /^\d+$/.test(octet) && BigInt(octet) <= 255n)
  if (octets.length !== 4 || !areOctets) return undefined
  return { bits: joined(octets.map(BigInt), 8n), width: 32n }
}

/** Eight groups of up to four hexadecimal digits, of which `::` stands for one or more zeroes. */
function readIpv6(text: string | undefined): Address | undefined {
  const sides = text?.split('::').map(readGroups)
  if (sides === undefined || sides.length > 2) return undefined
  const [head, tail] = sides
  if (head === undefined || (sides.length === 2 && tail === undefined)) return undefined
  const zeroes = 8 - head.length - (tail?.length ?? 0)
  if (tail === undefined ? zeroes !== 0 : zeroes < 1) return undefined
  const groups = [...head, ...Array.from({ length: zeroes }, () => 0n), ...(tail ?? [])]
  return { bits: joined(groups, 16n), width: 128n }
}

/** AWS reads an empty group as zero, and colons at the end of a side as nothing. */
function readGroups(text: string): readonly bigint[] | undefined {
  const parts = text.split(':')
  const groups = parts.slice(0, parts.findLastIndex(part => part !== '') + 1)
  if (!groups.every(group => /^[0-9a-f]{0,4}$/i.test(group))) return undefined
  return groups.map(group => BigInt(`0x${group === '' ? '0' : group}`))
}

/** The dotted quad at the end of an IPv6 address as two groups; undefined when it is none. */
function withoutDottedQuad(text: string): string | undefined {
  if (!text.includes('.')) return text
  const start = text.lastIndexOf(':') + 1
  const ipv4 = readIpv4(text.slice(start))
  if (ipv4 === undefined) return undefined
  const [high, low] = [ipv4.bits >> 16n, ipv4.bits & 0xffffn]
  return `${text.slice(0, start)}${high.toString(16)}:${low.toString(16)}`
}

function joined(parts: readonly bigint[], width: bigint): bigint {
  return parts.reduce((bits, part) => (bits << width) | part, 0n)
}
