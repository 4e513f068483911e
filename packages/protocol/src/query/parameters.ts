// The parameters of an awsQuery request: pairs of `application/x-www-form-urlencoded`, from the query string and the body.

import { AwsError } from '../errors.ts'
import { headerOf, type WireRequest } from '../wire-request.ts'

/** Names and values, unescaped. Of a name that is sent twice the first value counts. */
export type Parameters = ReadonlyMap<string, string>

const FORM = 'application/x-www-form-urlencoded'

/** More than any request needs: the largest, SimulatePrincipalPolicy's, has some thousands. */
const MOST_PARAMETERS = 10_000

/**
 * The parameters of the query string, then those of a form body.
 * @throws MalformedQueryString; MalformedInput for a null character, which no member of any request may hold
 */
export function readParameters({ query, headers, body }: WireRequest): Parameters {
  const parameters = new Map<string, string>()
  if (query !== '') addPairs(parameters, query)
  if (
    body.length > 0 &&
    (headerOf(headers, 'content-type') ?? FORM).toLowerCase().startsWith(FORM)
  ) {
    addPairs(parameters, body.toString('utf8'))
  }
  return parameters
}

function addPairs(parameters: Map<string, string>, text: string): void {
  for (const [name, value] of parsePairs(text)) {
    // PostgreSQL cannot keep one.
    if (name.includes('\0') || value.includes('\0')) {
      throw new AwsError('MalformedInput', 'A parameter must not hold a null character')
    }
    if (!parameters.has(name)) parameters.set(name, value)
  }
}

/**
 * The pairs of a query string in their order; a name without `=` has the empty value.
 * @throws MalformedQueryString
 */
export function parsePairs(text: string): [name: string, value: string][] {
  const pairs: [string, string][] = []
  for (let start = 0; start < text.length;) {
    if (pairs.length === MOST_PARAMETERS) {
      throw new AwsError('MalformedQueryString', 'The request has too many parameters')
    }
    const ampersand = text.indexOf('&', start)
    const end = ampersand === -1 ? text.length : ampersand
    const pair = text.slice(start, end)
    const equals = pair.indexOf('=')
    if (equals !== -1)
      pairs.push([unescape(pair.slice(0, equals)), unescape(pair.slice(equals + 1))])
    else if (pair !== '') pairs.push([unescape(pair), ''])
    start = end + 1
  }
  return pairs
}

function unescape(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text
  if (!spaced.includes('%')) return spaced
  try {
    return decodeURIComponent(spaced)
  } catch {
    return unescapeBytes(spaced)
  }
}

/** As `decodeURIComponent`, but bytes that are no UTF-8 become U+FFFD, as AWS reads them. */
function unescapeBytes(text: string): string {
  const illegal = /%(?![0-9a-fA-F]{2})(.{0,2})/su.exec(text)
  if (illegal !== null) throw new AwsError('MalformedQueryString', illegalEscape(illegal[1] ?? ''))
  const bytes = Buffer.allocUnsafe(text.length * 3)
  let size = 0
  for (let at = 0; at < text.length;) {
    if (text[at] === '%') {
      bytes[size++] = Number.parseInt(text.slice(at + 1, at + 3), 16)
      at += 3
    } else {
      const next = text.indexOf('%', at)
      const end = next === -1 ? text.length : next
      size += bytes.write(text.slice(at, end), size)
      at = end
    }
  }
  return bytes.toString('utf8', 0, size)
}

function illegalEscape(digits: string): string {
  return digits.length < 2
    ? 'Incomplete trailing escape % sequence'
    : `Illegal hex character in escape % pattern: %${digits}`
}
