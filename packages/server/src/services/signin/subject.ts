// Whom an operation of the console is about: a user by name, or who is signed in: a user, or root.
import { rootArn } from '../../identifiers/arns.ts'
import type { Context } from '../context.ts'
import type { Holder } from '../iam/mfa-assignments.ts'
import { holderOf, rootHolder } from '../iam/mfa-assignments.ts'
import { subjectOf } from '../iam/subject.ts'
import type { UserRow } from '../iam/user-lookup.ts'
import { onUser, theUser } from '../iam/user-lookup.ts'
import type { Permission } from '../operation.ts'

/** Somebody who may hold devices; `user` is undefined of root. */
export type HolderAndUser = { readonly holder: Holder; readonly user: UserRow | undefined }

/** @throws AwsError NoSuchEntity; ValidationError when a role's session names nobody */
export async function theHolder(
  context: Context,
  UserName: string | undefined,
): Promise<HolderAndUser> {
  const subject = subjectOf(UserName, context)
  if (subject.kind === 'root') return { holder: rootHolder(context.account), user: undefined }
  const user = await theUser(context, subject.userName)
  return { holder: holderOf(user), user }
}

/** The permission to do `action` to that user, or to root: which root alone has, since no other can leave the name out. */
export async function onHolder(
  action: string,
  context: Context,
  UserName: string | undefined,
  keys: NonNullable<Permission['keys']> = {},
): Promise<Permission> {
  const subject = subjectOf(UserName, context)
  if (subject.kind === 'root') return { action, resource: rootArn(context.account), keys }
  return onUser(action, context, subject.userName, { keys })
}
