// The secret of a new virtual MFA device: 40 random bytes, which AWS shows as 64 Base32 characters.
import { randomBytes } from 'node:crypto'
import { encodeBase32 } from './base32.ts'

const SEED_BYTES = 40

/** A new seed as AWS's Base32StringSeed: 64 characters without padding, which hold 320 bits. */
export function newTotpSeed(random: (size: number) => Buffer = randomBytes): string {
  return encodeBase32(random(SEED_BYTES))
}
