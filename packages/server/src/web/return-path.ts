// Where a browser goes after sign-in: a page of the console, and nowhere else. What is not plainly one is the console's first page.

export const FIRST_PAGE = '/console/'

const LONGEST_PATH = 2000

/**
 * The path, query and fragment of a page of ours.
 * @param origin ours
 */
export function returnPath(text: string | undefined, origin: string): string {
  // A browser reads a backslash as a slash, and passes over tabs and line ends.
  if (
    text === undefined ||
    text.length > LONGEST_PATH ||
    !/^\/console[\x21-\x5b\x5d-\x7e]*$/.test(text)
  ) {
    return FIRST_PAGE
  }
  const url = URL.parse(text, origin)
  if (url === null || url.origin !== origin) return FIRST_PAGE
  // Dots are resolved by now, the encoded ones too.
  const isOurs = url.pathname === '/console' || url.pathname.startsWith('/console/')
  return isOurs && !/%2f|%5c|%25/i.test(url.pathname)
    ? url.pathname + url.search + url.hash
    : FIRST_PAGE
}
