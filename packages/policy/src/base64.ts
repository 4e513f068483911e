// Base64 in its canonical form only (RFC 4648 §4, §3.5), so that equal bytes have equal texts.

/** Whether `text` is what an encoder writes: padded, without blanks, unused bits zero. */
export function isCanonicalBase64(text: string): boolean {
  return (
    text.length % 4 === 0 &&
    /^[A-Za-z0-9+/]*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/.test(text)
  )
}
