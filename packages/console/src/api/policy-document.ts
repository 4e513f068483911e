// Policy documents travel URL-encoded in what IAM answers (RFC 3986), and as they are in what it is asked.

/** The text of a document, as it was written. */
export function decodeDocument(document: string | undefined): string {
  if (document === undefined) return ''
  return /^\s*%7B/i.test(document) ? decodeURIComponent(document) : document
}

/** The same with a line for each element where it came on one line; otherwise as its author laid it out. */
export function laidOut(text: string): string {
  if (text.trim().includes('\n')) return text
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
