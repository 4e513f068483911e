// What others wrote, made harmless for a terminal: a policy may hold escape sequences, as JSON escapes or plain, that rewrite the screen
// and hide what stands above them.

/** Control characters, and those that turn the direction of writing (https://trojansource.codes/). */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu

/** The text with each such character as the escape that JSON has for it. */
export function printable(text: string): string {
  return text.replaceAll(
    UNPRINTABLE,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** The same in the width that it had, for lines with marks below them. */
export function printableInPlace(text: string): string {
  return text.replaceAll(UNPRINTABLE, '·')
}
