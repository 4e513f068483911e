// Which service a request is for. AWS tells its services apart by host; here they share one port, and the request itself
// must say: by its path, by X-Amz-Target, by the Version of a query, and in doubt by the scope of its signature.

import { AwsError } from './errors.ts'
import type { Model, Operation } from './model/model.ts'
import type { Parameters } from './query/parameters.ts'
import { headerOf, type WireRequest } from './wire-request.ts'

/** AWS's services of identity, by the names that their signatures bear, and the portal, whose requests bear a token instead. */
export type Service =
  | 'iam'
  | 'sts'
  | 'organizations'
  | 'cloudtrail'
  | 'sso-oauth'
  | 'sso'
  | 'signin'

const BY_VERSION: ReadonlyMap<string, Service> = new Map([
  ['2010-05-08', 'iam'],
  ['2011-06-15', 'sts'],
])

/** The part of X-Amz-Target before the operation's name. */
const BY_TARGET: ReadonlyMap<string, Service> = new Map([
  ['AWSOrganizationsV20161128', 'organizations'],
  ['CloudTrail_20131101', 'cloudtrail'],
  ['com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101', 'cloudtrail'],
])

const BY_PATH: ReadonlyMap<string, Service> = new Map([
  ['/federation/credentials', 'sso'],
  ['/assignment/roles', 'sso'],
  ['/assignment/accounts', 'sso'],
  ['/logout', 'sso'],
  ['/client/register', 'sso-oauth'],
  ['/device_authorization', 'sso-oauth'],
  ['/token', 'sso-oauth'],
  ['/v1/token', 'signin'],
])

const BY_SCOPE: ReadonlyMap<string, Service> = new Map(
  (['iam', 'sts', 'organizations', 'cloudtrail', 'sso-oauth', 'signin'] as const).map(name => [
    name,
    name,
  ]),
)

/**
 * The service that the request means, or undefined. What is nearest to the operation decides, so that a request signed
 * for one service and meant for another is refused for its scope, as at AWS.
 */
export function serviceOf(request: WireRequest, parameters: Parameters): Service | undefined {
  const { headers, path } = request
  const target = headerOf(headers, 'x-amz-target')
  if (target !== undefined)
    return BY_TARGET.get(target.slice(0, Math.max(0, target.lastIndexOf('.'))))
  return (
    BY_PATH.get(path) ??
    BY_VERSION.get(parameters.get('Version') ?? '') ??
    BY_SCOPE.get(
      scopedService(headerOf(headers, 'authorization') ?? parameters.get('X-Amz-Credential') ?? ''),
    )
  )
}

/** The service in `key/date/region/service/aws4_request`, unverified; empty if there is none. */
function scopedService(text: string): string {
  return /\/\d{8}\/[^/\s,]*\/([^/\s,]*)\/aws4_request/.exec(text)?.[1] ?? ''
}

/**
 * The operation that Action and Version name.
 * @throws MissingAction, InvalidAction
 */
export function operationOf(model: Model, parameters: Parameters): Operation {
  const action = parameters.get('Action')
  if (action === undefined || action === '') {
    throw new AwsError('MissingAction', 'The request is missing an action or a required parameter.')
  }
  const version = parameters.get('Version') ?? 'NO_VERSION_SPECIFIED'
  const operation = version === model.version ? model.findOperation(action) : undefined
  if (operation !== undefined) return operation
  throw new AwsError('InvalidAction', `Could not find operation ${action} for version ${version}`)
}
