// The list of headers that a signature covers.

import { AwsError } from '../errors.ts'
import { headerOf, type WireHeaders } from '../wire-request.ts'

/** Headers that decide what a request means: if they are there, the signature must cover them. */
const MUST_BE_SIGNED = ['x-amz-security-token', 'x-amz-target']

/**
 * The names in lower case, sorted as the canonical request has them.
 * @throws SignatureDoesNotMatch if a header is not covered that must be
 */
export function readSignedHeaders(text: string, headers: WireHeaders): readonly string[] {
  const signed = sortedNames(text)
  if (!signed.includes('host')) {
    throw new AwsError(
      'SignatureDoesNotMatch',
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    )
  }
  for (const name of MUST_BE_SIGNED) {
    if (headerOf(headers, name) === undefined || signed.includes(name)) continue
    throw new AwsError(
      'SignatureDoesNotMatch',
      `'${name}' must be a 'SignedHeader' in the AWS Authorization.`,
    )
  }
  return signed
}

// Clients send few different lists, and reading one takes a tenth as long as verifying the whole request.
const MOST_LISTS = 200
/** Longer ones are no client's: they are not remembered. */
const LONGEST_LIST = 512
const lists = new Map<string, readonly string[]>()

function sortedNames(text: string): readonly string[] {
  const known = lists.get(text)
  if (known !== undefined) return known
  const names = text.toLowerCase().split(';').sort()
  if (text.length > LONGEST_LIST) return names
  if (lists.size >= MOST_LISTS) lists.clear()
  lists.set(text, names)
  return names
}
