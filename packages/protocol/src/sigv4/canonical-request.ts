// The canonical request of Signature Version 4, for services other than S3: the form of a request that both sides hash.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html

import { hash } from 'node:crypto'
import { parsePairs } from '../query/parameters.ts'
import { headerOf, type WireHeaders, type WireRequest } from '../wire-request.ts'
import { uriEncode } from './uri-encode.ts'

const EMPTY_BODY_HASH = hash('sha256', '')

/** Undefined if a header that is said to be signed is not there. */
export function canonicalRequest(
  { method, path, query, headers, body }: WireRequest,
  signedHeaders: readonly string[],
): string | undefined {
  const canonical = canonicalHeaders(headers, signedHeaders)
  if (canonical === undefined) return undefined
  // The body is always hashed: neither IAM nor STS lets X-Amz-Content-Sha256 stand for it.
  const bodyHash = body.length === 0 ? EMPTY_BODY_HASH : hash('sha256', body)
  const names = signedHeaders.join(';')
  return `${method}\n${canonicalPath(path)}\n${canonicalQuery(query)}\n${canonical}\n${names}\n${bodyHash}`
}

/** Normalised (RFC 3986 §5.2.4, and no empty segments), then encoded once more than it was sent. */
function canonicalPath(path: string): string {
  if (path === '/' || path === '') return '/'
  const segments: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop()
    else if (segment !== '' && segment !== '.') segments.push(uriEncode(segment))
  }
  const trailing = segments.length > 0 && path.endsWith('/') ? '/' : ''
  return `/${segments.join('/')}${trailing}`
}

/** Sorted by encoded name, then value; what carries the signature itself can't be signed. */
function canonicalQuery(query: string): string {
  if (query === '') return ''
  return parsePairs(query)
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]): [string, string] => [uriEncode(name), uriEncode(value)])
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function canonicalHeaders(headers: WireHeaders, names: readonly string[]): string | undefined {
  let lines = ''
  for (const name of names) {
    const value = headerOf(headers, name)
    if (value === undefined) return undefined
    lines += `${name}:${collapseBlanks(value)}\n`
  }
  return lines
}

/** Trimmed, with one space for each run of blanks. A session token is long, and most values are clean: look before. */
function collapseBlanks(value: string): string {
  const clean = !/[\t-\r]|  /.test(value) && !value.startsWith(' ') && !value.endsWith(' ')
  return clean ? value : value.trim().replace(/\s+/g, ' ')
}
