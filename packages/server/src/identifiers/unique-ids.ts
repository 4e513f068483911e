// Access key ids and unique ids in AWS's encoding: a prefix that tells the kind, then base32 that begins with the
// account id, so that any node can route a request before it reads a store.
import type { AccountId } from './account-id.ts'
import { parseAccountId } from './account-id.ts'
import type { Random } from './random.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const ACCOUNT_OFFSET = 2n ** 39n
const ACCOUNT_CHARACTERS = 8

const LENGTH = {
  AKIA: 20, // long-term access key
  ASIA: 20, // temporary access key
  AIDA: 21, // user
  AROA: 21, // role
  AGPA: 21, // group
  ANPA: 21, // managed policy
  ANVA: 21, // version of a managed policy
} as const

export type IdPrefix = keyof typeof LENGTH

/** A new id: prefix, account, and 39 or 44 random bits. */
export function newUniqueId(prefix: IdPrefix, account: AccountId, random: Random): string {
  const number = BigInt(account)
  let encoded = ''
  for (let bits = ACCOUNT_OFFSET + number / 2n; encoded.length < ACCOUNT_CHARACTERS; bits >>= 5n) {
    encoded = ALPHABET[Number(bits & 31n)] + encoded
  }
  const tail = random(LENGTH[prefix] - prefix.length - ACCOUNT_CHARACTERS)
  const oddBit = number % 2n === 1n ? 16 : 0
  for (const [index, byte] of tail.entries()) {
    encoded += ALPHABET[index === 0 ? oddBit + (byte & 15) : byte & 31]
  }
  return prefix + encoded
}

/** The account that an access key id or unique id names; undefined when it names none (text of another shape, or AWS's ids from before 2019). */
export function accountOfId(id: string): AccountId | undefined {
  if (!/^[A-Z]{4}[A-Z2-7]{9,}$/.test(id)) return undefined
  let bits = 0n
  for (const character of id.slice(4, 13)) bits = (bits << 5n) | BigInt(ALPHABET.indexOf(character))
  const number = (bits >> 4n) - 2n * ACCOUNT_OFFSET
  return number >= 0n && number < 10n ** 12n
    ? parseAccountId(number.toString().padStart(12, '0'))
    : undefined
}
