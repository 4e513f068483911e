// The credential of a signature: an access key id, and the scope in which its secret signs.

import { AwsError } from '../errors.ts'

const TERMINATOR = 'aws4_request'

/** Any region that an SDK would send: a lower-case host label (RFC 1123 §2.1). Our own regions may have names of their own. */
const REGION = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/** What stands in `key/date/region/service/aws4_request`. */
export type CredentialScope = {
  readonly accessKeyId: string
  readonly date: string
  readonly region: string
  readonly service: string
}

/**
 * @param timestamp of the request, on whose day the scope must be
 * @param services that the scope may name; any if undefined
 * @throws IncompleteSignature, SignatureDoesNotMatch
 */
export function readCredentialScope(
  credential: string,
  timestamp: string,
  services: readonly string[] | undefined,
): CredentialScope {
  const elements = credential.split('/')
  if (elements.length !== 5) {
    throw new AwsError(
      'IncompleteSignature',
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    )
  }
  const [accessKeyId = '', date = '', region = '', service = '', terminator = ''] = elements
  const day = timestamp.slice(0, 'YYYYMMDD'.length)
  const faults = [
    !REGION.test(region) && `Credential should be scoped to a valid region, not '${region}'.`,
    services?.includes(service) === false &&
      `Credential should be scoped to correct service: '${services.join("', '")}'.`,
    terminator !== TERMINATOR &&
      `Credential should be scoped with a valid terminator: '${TERMINATOR}', not '${terminator}'.`,
    date !== day &&
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${day}', from '${timestamp}'.`,
  ].filter(fault => fault !== false)
  if (faults.length > 0) throw new AwsError('SignatureDoesNotMatch', faults.join(' '))
  return { accessKeyId, date, region, service }
}
