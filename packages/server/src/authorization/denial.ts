// AccessDenied in AWS's words (https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html): clients read them, and so do people at night.
import { denialReason } from '@twinlock/policy'
import type { Denial } from '@twinlock/policy'
import { AwsError } from '@twinlock/protocol'
import type { Caller } from '../authentication/caller.ts'
import { callerArn } from '../authentication/caller.ts'
import type { Permission } from '../services/operation.ts'

/** A denial that explains itself to those who may decode its message. */
export class AccessDenied extends AwsError {
  /** Sealed; travels beside the text, where there is one. */
  readonly encodedMessage: string | undefined

  constructor(message: string, encodedMessage?: string) {
    super('AccessDenied', message)
    this.encodedMessage = encodedMessage
  }
}

/** The message of a denial, and where it goes. */
export type EncodedMessage = { readonly where: 'header' | 'text'; readonly message: string }

/** Actions of STS are printed without a resource where they have none. */
const shownResource = ({ action, resource, shownAs }: Permission) =>
  resource === '*' && shownAs === undefined && action.startsWith('sts:')
    ? ''
    : ` on resource: ${shownAs ?? resource}`

/** `User: … is not authorized to perform: … on resource: … because …` */
export function accessDenied(
  caller: Caller,
  permission: Permission,
  denial: Denial,
  encoded?: EncodedMessage,
): AccessDenied {
  const reason = denialReason(denial, permission.action)
  const text = `${unauthorized(caller, permission)}${reason === '' ? '' : ` ${reason}`}`
  // As EC2 writes it.
  return encoded?.where === 'text'
    ? new AccessDenied(`${text} Encoded authorization failure message: ${encoded.message}`)
    : new AccessDenied(text, encoded?.message)
}

/**
 * The same without a reason: a role that does not exist must look like one that may not be assumed. Its text ends there, whatever
 * may follow in others.
 */
export function accessDeniedWithoutReason(
  caller: Caller,
  permission: Permission,
  encoded?: EncodedMessage,
): AccessDenied {
  const inHeader = encoded?.where === 'header' ? encoded.message : undefined
  return new AccessDenied(unauthorized(caller, permission), inHeader)
}

const unauthorized = (caller: Caller, permission: Permission) =>
  `User: ${callerArn(caller)} is not authorized to perform: ${permission.action}${shownResource(permission)}`
