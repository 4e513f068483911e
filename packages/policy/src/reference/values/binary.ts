// Bytes in base64 (RFC 4648 §4), of which only the canonical text counts: padded, without blanks,
// unused bits zero.

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Whether an encoder would write exactly this text. */
export function isCanonicalBase64(text: string): boolean {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const sextets = text
    .slice(0, text.length - padding)
    .split('')
    .map(unit => ALPHABET.indexOf(unit))
  const unusedBits = 2 * padding
  const last = sextets.at(-1) ?? 0
  return text.length % 4 === 0 && !sextets.includes(-1) && last % 2 ** unusedBits === 0
}
