// TOTP, the one-time password of a time step: RFC 6238 §4, with T0 = 0.
import { createSecretKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { hotp } from './hotp.ts'
import type { OtpFormat } from './hotp.ts'

/** The time step X of RFC 6238 §4.1, the only one that AWS's virtual devices have. */
export const STEP_SECONDS = 30

/** How a device makes its codes. Absent fields are those of AWS's virtual devices: SHA-1, six digits, 30 seconds. */
export type TotpFormat = OtpFormat & {
  /** How long a time step lasts. Hardware tokens have 30 or 60 seconds. */
  readonly periodSeconds?: number
}

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

/** The code of one time step, which the caller counts by the format's period. */
export function totpCode(secret: TotpSecret, step: number, format?: TotpFormat): string {
  return hotp(secret, step, format)
}
