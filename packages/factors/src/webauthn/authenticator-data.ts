// The first 37 bytes of the authenticator data (WebAuthn §6.1), which both ceremonies judge alike.
import { createHash } from 'node:crypto'
import { ensure } from './refusal.ts'

/** What the authenticator signed about itself and the moment. */
export type AuthenticatorFlags = {
  readonly userVerified: boolean
  readonly backupEligible: boolean
  readonly backupState: boolean
  readonly signCount: number
}

const [UP, UV, BE, BS] = [1 << 0, 1 << 2, 1 << 3, 1 << 4]
const HASH_BYTES = 32
const SHORTEST = HASH_BYTES + 1 + 4

/**
 * The flags and the counter, checked: §7.1 steps 14 to 18, §7.2 steps 15 to 19.
 * @throws RefusedCeremony at the first thing that does not hold
 */
export function checkAuthenticatorData(
  authenticatorData: Uint8Array,
  expected: { readonly rpId: string; readonly requireUserVerification: boolean },
): AuthenticatorFlags {
  const bytes = Buffer.from(authenticatorData)
  ensure(bytes.length >= SHORTEST, 'malformed')
  const rpIdHash = createHash('sha256').update(expected.rpId).digest()
  ensure(bytes.subarray(0, HASH_BYTES).equals(rpIdHash), 'rpId')

  const flags = bytes.readUInt8(HASH_BYTES)
  const has = (flag: number) => (flags & flag) !== 0
  ensure(has(UP), 'userPresence')
  ensure(has(UV) || !expected.requireUserVerification, 'userVerification')
  ensure(has(BE) || !has(BS), 'backupEligibility')
  return {
    userVerified: has(UV),
    backupEligible: has(BE),
    backupState: has(BS),
    signCount: bytes.readUInt32BE(HASH_BYTES + 1),
  }
}
