// What a request says of its signature, and whether that can be true: all that needs no key. The checks stand in the
// order in which AWS answers, each with its text ("AWS Auth Error Ordering", dacut/scratchstack-aws-signature).

import { AwsError } from '../errors.ts'
import { headerOf, type WireRequest } from '../wire-request.ts'
import { checkClockSkew } from './clock-skew.ts'
import { readCredentialScope, type CredentialScope } from './credential-scope.ts'
import { headerParts, queryParameters, queryParts } from './signature-parts.ts'
import { readSignedHeaders } from './signed-headers.ts'

/** A signature that is well-formed, current, and scoped to this service; whether it is right, `verifySignature` tells. */
export type PresentedSignature = CredentialScope & {
  readonly form: 'header' | 'query'
  /** `YYYYMMDDTHHMMSSZ`, on the day `date` of the scope. */
  readonly timestamp: string
  /** In lower case, sorted. */
  readonly signedHeaders: readonly string[]
  readonly signature: string
  readonly sessionToken?: string
}

/** When a request arrived, and the services that its credential scope may name. */
export type Expectation = {
  readonly now: Date
  /** Any service if absent. */
  readonly service?: string | readonly string[]
}

/** Whether the request claims to be signed, in either form. */
export function claimsSignature({ headers, query }: WireRequest): boolean {
  return (
    headerOf(headers, 'authorization') !== undefined ||
    queryParameters(query).has('X-Amz-Algorithm')
  )
}

/**
 * The signature that a request carries.
 * @throws MalformedInput, MalformedQueryString, MissingAuthenticationToken, IncompleteSignature or SignatureDoesNotMatch:
 * the first in AWS's order
 */
export function readSignature(
  request: WireRequest,
  { now, service }: Expectation,
): PresentedSignature {
  const { headers } = request
  checkPath(request.path)
  const query = queryParameters(request.query)
  const authorization = headerOf(headers, 'authorization')
  const isPresigned = query.has('X-Amz-Algorithm')
  if (authorization !== undefined && isPresigned) throw new AwsError('SignatureDoesNotMatch')
  if (authorization === undefined && !isPresigned) {
    throw new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token')
  }

  const parts =
    authorization === undefined ? queryParts(query) : headerParts(authorization, headers)
  const signedHeaders = readSignedHeaders(parts.signedHeaders, headers)
  checkClockSkew(parts.timestamp, now)
  const services = typeof service === 'string' ? [service] : service
  const scope = readCredentialScope(parts.credential, parts.timestamp, services)

  const inHeader = headerOf(headers, 'x-amz-security-token')
  const inQuery = query.get('X-Amz-Security-Token')
  const sessionToken = isPresigned ? (inQuery ?? inHeader) : (inHeader ?? inQuery)
  return {
    form: isPresigned ? 'query' : 'header',
    accessKeyId: scope.accessKeyId,
    date: scope.date,
    region: scope.region,
    service: scope.service,
    timestamp: parts.timestamp,
    signedHeaders,
    signature: parts.signature,
    ...(sessionToken === undefined ? {} : { sessionToken }),
  }
}

/** AWS answers these with status 400 and an empty body. */
function checkPath(path: string): void {
  if (path === '/') return
  if (path.startsWith('/') && !/%(?![0-9a-fA-F]{2})/.test(path)) return
  throw new AwsError('MalformedInput')
}
