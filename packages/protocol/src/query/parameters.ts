// The parameters of an awsQuery request: pairs of `application/x-www-form-urlencoded`, from the query string and the body.

import { AwsError } from '../errors.ts'
import { headerOf, type WireRequest } from '../wire-request.ts'

/** Names and values, unescaped. Of a name that is sent twice the first value counts. */
export type Parameters = ReadonlyMap<string, string>

const FORM = 'application/x-www-form-urlencoded'

/**
 * The parameters of the query string, then those of a form body.
 * @throws MalformedQueryString
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
  const bytes = text
    .split(/(%[0-9a-fA-F]{2})/)
    .map((part, i) => (i % 2 === 1 ? Buffer.from(part.slice(1), 'hex') : Buffer.from(part, 'utf8')))
  return Buffer.concat(bytes).toString('utf8')
}

function illegalEscape(digits: string): string {
  return digits.length < 2
    ? 'Incomplete trailing escape % sequence'
    : `Illegal hex character in escape % pattern: %${digits}`
}
