// Signature Version 4's URI encoding: every byte but RFC 3986's unreserved characters, in upper-case hex.

/** `encodeURIComponent`, and the five characters that it leaves alone and RFC 3986 §2.3 doesn't. */
export function uriEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
