// The parts of a signature, as found in the Authorization header or in the query string.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html

import { AwsError } from '../errors.ts'
import { parsePairs } from '../query/parameters.ts'
import { headerOf, type WireHeaders } from '../wire-request.ts'

/** The one algorithm that is accepted. */
export const ALGORITHM = 'AWS4-HMAC-SHA256'

/** Texts that nobody has looked into yet. */
export type SignatureParts = {
  readonly credential: string
  readonly signature: string
  readonly signedHeaders: string
  readonly timestamp: string
}

type FoundParts = { -readonly [Part in keyof SignatureParts]: string | undefined }

const PART_OF_HEADER: ReadonlyMap<string, keyof SignatureParts> = new Map([
  ['Credential', 'credential'],
  ['Signature', 'signature'],
  ['SignedHeaders', 'signedHeaders'],
])

/** Of a part that is there twice the last counts. */
export function headerParts(header: string, headers: WireHeaders): SignatureParts {
  const [algorithm = '', ...assignments] = header.split(/[\s,]+/)
  if (algorithm !== ALGORITHM) throw unsupported(algorithm)
  const parts: FoundParts = {
    credential: undefined,
    signature: undefined,
    signedHeaders: undefined,
    timestamp: headerOf(headers, 'x-amz-date') ?? headerOf(headers, 'date'),
  }
  for (const assignment of assignments) {
    if (assignment === '') continue
    const equals = assignment.indexOf('=')
    if (equals === -1) throw unassigned(assignment, header)
    const part = PART_OF_HEADER.get(assignment.slice(0, equals))
    if (part !== undefined) parts[part] = assignment.slice(equals + 1)
  }
  if (isComplete(parts)) return parts
  throw incomplete(parts, {
    credential: "Authorization header requires 'Credential' parameter.",
    signature: "Authorization header requires 'Signature' parameter.",
    signedHeaders: "Authorization header requires 'SignedHeaders' parameter.",
    timestamp:
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    last: `Authorization=${header}`,
  })
}

/** The parts of a presigned request. */
export function queryParts(query: ReadonlyMap<string, string>): SignatureParts {
  const algorithm = query.get('X-Amz-Algorithm') ?? ''
  if (algorithm !== ALGORITHM) throw unsupported(algorithm)
  const parts = {
    credential: query.get('X-Amz-Credential'),
    signature: query.get('X-Amz-Signature'),
    signedHeaders: query.get('X-Amz-SignedHeaders'),
    timestamp: query.get('X-Amz-Date'),
  }
  if (isComplete(parts)) return parts
  throw incomplete(parts, {
    credential: "AWS query-string parameters must include 'X-Amz-Credential'.",
    signature: "AWS query-string parameters must include 'X-Amz-Signature'.",
    signedHeaders: "AWS query-string parameters must include 'X-Amz-SignedHeaders'.",
    timestamp: "AWS query-string parameters must include 'X-Amz-Date'.",
    last: 'Re-examine the query-string parameters.',
  })
}

const NO_PARAMETERS: ReadonlyMap<string, string> = new Map()

/** Of a name that is there twice the first counts, as it does in `readParameters`. */
export function queryParameters(query: string): ReadonlyMap<string, string> {
  if (query === '') return NO_PARAMETERS
  // A Map keeps the last.
  return new Map(parsePairs(query).toReversed())
}

function unsupported(algorithm: string): AwsError {
  return new AwsError('IncompleteSignature', `Unsupported AWS 'algorithm': '${algorithm}'.`)
}

function unassigned(part: string, header: string): AwsError {
  const fault = 'not a valid key=value pair (missing equal-sign) in Authorization header'
  return new AwsError('IncompleteSignature', `'${part}' ${fault}: '${header}'.`)
}

function isComplete(parts: FoundParts): parts is SignatureParts {
  const { credential, signature, signedHeaders, timestamp } = parts
  return (
    credential !== undefined &&
    signature !== undefined &&
    signedHeaders !== undefined &&
    timestamp !== undefined
  )
}

/** Names all that is missing, in the order of `texts`. */
function incomplete(
  parts: FoundParts,
  texts: Readonly<Record<keyof SignatureParts | 'last', string>>,
): AwsError {
  const { last, ...required } = texts
  const missing = Object.entries(required).filter(
    ([part]) => parts[part as keyof SignatureParts] === undefined,
  )
  return new AwsError('IncompleteSignature', [...missing.map(([, text]) => text), last].join(' '))
}
