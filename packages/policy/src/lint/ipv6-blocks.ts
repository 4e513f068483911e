// IPv6 blocks whose address has bits behind the prefix, which IAM does not store.
import { parseCidr } from '../ip-address.ts'

/** Whether the text is anything but an IPv6 block with host bits. */
export function isLowered(text: string): boolean {
  return lowered(text) === text
}

/** The block that the address is in; any other text as it is. */
export function lowered(text: string): string {
  const slash = text.indexOf('/')
  const prefixLength = Number(text.slice(slash + 1))
  if (slash === -1 || !text.includes(':') || !/^\d{1,3}$/.test(text.slice(slash + 1))) return text
  // The address alone is a block of one; its words are the bits.
  const address = parseCidr(text.slice(0, slash))?.address
  if (address === undefined || prefixLength > 128 || parseCidr(text) !== undefined) return text
  const groups = address
    .flatMap(word => [word >>> 16, word & 0xffff])
    .map((group, index) => group & maskOf(prefixLength - 16 * index))
  return `${printGroups(groups)}/${prefixLength}`
}

/** The leading bits of a group of sixteen. */
function maskOf(bits: number): number {
  if (bits <= 0) return 0
  return bits >= 16 ? 0xffff : (0xffff << (16 - bits)) & 0xffff
}

/** RFC 5952 §4.2 for what ends in zeroes, as a lowered block does. */
function printGroups(groups: readonly number[]): string {
  const used = groups.findLastIndex(group => group !== 0) + 1
  const printed = groups.slice(0, used).map(group => group.toString(16))
  return used >= 7 ? groups.map(group => group.toString(16)).join(':') : `${printed.join(':')}::`
}
