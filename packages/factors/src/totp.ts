// TOTP, the one-time password of a time step: RFC 6238 §4, with T0 = 0.
import { createSecretKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { hotp } from './hotp.ts'
import type { OtpFormat } from './hotp.ts'

/** The time step X of RFC 6238 §4.1, the only one that AWS's devices have. */
export const STEP_SECONDS = 30

/** A device's seed, ready for use. Neither printing nor serialising it shows the bytes. */
export type TotpSecret = KeyObject

/** The secret of a seed given as bytes (`decodeBase32` makes them from text). */
export function totpSecret(seed: Uint8Array): TotpSecret {
  return createSecretKey(seed)
}

/** The time step that is running at `now`. */
export function timeStep(now: number, stepSeconds: number = STEP_SECONDS): number {
  return Math.floor(now / stepSeconds)
}

/** The code of one time step. */
export function totpCode(secret: TotpSecret, step: number, format?: OtpFormat): string {
  return hotp(secret, step, format)
}
