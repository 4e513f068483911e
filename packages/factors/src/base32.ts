// Base32 as in RFC 4648 §6, written without padding, as authenticator apps exchange seeds.
import { FactorsError } from './errors.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const BITS = 5

/** The bytes in Base32, upper case, without padding. */
export function encodeBase32(bytes: Uint8Array): string {
  let text = ''
  let held = 0
  let heldBits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    heldBits += 8
    while (heldBits >= BITS) {
      heldBits -= BITS
      text += ALPHABET.charAt((held >>> heldBits) & 31)
    }
    held &= (1 << heldBits) - 1
  }
  return heldBits === 0 ? text : text + ALPHABET.charAt((held << (BITS - heldBits)) & 31)
}

/**
 * The bytes that `text` stands for. Case, blanks and padding do not matter, because people type seeds by hand.
 * @throws FactorsError `InvalidBase32` at a foreign character, or where characters are missing or left over at the end
 */
export function decodeBase32(text: string): Buffer {
  const digits = text.replaceAll(/\s/g, '').replace(/=+$/, '').toUpperCase()
  const bytes = Buffer.alloc(Math.floor((digits.length * BITS) / 8))
  let length = 0
  let held = 0
  let heldBits = 0
  for (const digit of digits) {
    const value = ALPHABET.indexOf(digit)
    if (value < 0) {
      throw new FactorsError(
        'InvalidBase32',
        'Base32 consists of the letters A to Z and the digits 2 to 7.',
      )
    }
    held = (held << BITS) | value
    heldBits += BITS
    if (heldBits >= 8) {
      heldBits -= 8
      bytes[length++] = held >>> heldBits
      held &= (1 << heldBits) - 1
    }
  }
  if (heldBits >= BITS || held !== 0) {
    throw new FactorsError(
      'InvalidBase32',
      'The Base32 text is cut off or has characters too many.',
    )
  }
  return bytes
}
