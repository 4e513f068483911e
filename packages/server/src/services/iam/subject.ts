// Whom a call is about that may leave UserName out.
import { AwsError } from '@twinlock/protocol'
import { rootArn } from '../../identifiers/arns.ts'
import type { Context } from '../context.ts'
import type { Permission } from '../operation.ts'
import { onUser } from './user-lookup.ts'

/** Whom a call without UserName is about: a user means itself, root the root user; a role must name somebody. */
export type Subject =
  | { readonly kind: 'user'; readonly userName: string }
  | { readonly kind: 'root' }

/** @throws AwsError ValidationError when a role's session names nobody */
export function subjectOf(UserName: string | undefined, { caller }: Context): Subject {
  if (UserName !== undefined) return { kind: 'user', userName: UserName }
  switch (caller.kind) {
    case 'root':
      return { kind: 'root' }
    case 'user':
      return { kind: 'user', userName: caller.userName }
    case 'role':
    case 'federatedUser':
      throw mustSpecifyUser()
    default:
      return caller satisfies never
  }
}

/**
 * The user whom a call without UserName is about. Root must name somebody too: only a session of AssumeRoot may leave the
 * name out, so that a leaked root key cannot change root's own credentials.
 * @throws AwsError ValidationError
 */
export function userNameOf(UserName: string | undefined, context: Context): string {
  const subject = subjectOf(UserName, context)
  if (subject.kind === 'root') throw mustSpecifyUser()
  return subject.userName
}

/** The permission to do `action` to whom a call is about. */
export function onSubject(action: string, context: Context, subject: Subject): Promise<Permission> {
  switch (subject.kind) {
    case 'root':
      return Promise.resolve({ action, resource: rootArn(context.account) })
    case 'user':
      return onUser(action, context, subject.userName)
    default:
      return subject satisfies never
  }
}

const mustSpecifyUser = () =>
  new AwsError('ValidationError', 'Must specify userName when calling with non-User credentials')
