// AccessDenied in AWS's words (https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html): clients read them, and so do people at night.
import { denialReason } from '@twinlock/policy'
import type { Denial } from '@twinlock/policy'
import { AwsError } from '@twinlock/protocol'
import type { Caller } from '../authentication/caller.ts'
import { callerArn } from '../authentication/caller.ts'
import type { Permission } from '../services/operation.ts'

/** Actions of STS are printed without a resource where they have none. */
const shownResource = ({ action, resource, shownAs }: Permission) =>
  resource === '*' && shownAs === undefined && action.startsWith('sts:')
    ? ''
    : ` on resource: ${shownAs ?? resource}`

/** `User: … is not authorized to perform: … on resource: … because …` */
export function accessDenied(caller: Caller, permission: Permission, denial: Denial): AwsError {
  const reason = denialReason(denial, permission.action)
  return new AwsError(
    'AccessDenied',
    `${unauthorized(caller, permission)}${reason === '' ? '' : ` ${reason}`}`,
  )
}

/** The same without a reason: a role that does not exist must look like one that may not be assumed. */
export function accessDeniedWithoutReason(caller: Caller, permission: Permission): AwsError {
  return new AwsError('AccessDenied', unauthorized(caller, permission))
}

const unauthorized = (caller: Caller, permission: Permission) =>
  `User: ${callerArn(caller)} is not authorized to perform: ${permission.action}${shownResource(permission)}`
