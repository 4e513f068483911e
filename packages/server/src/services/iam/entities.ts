// The named things of an account and how a name finds them. IAM compares names ignoring case and keeps the spelling; it
// authorizes by the stored ARN, path included, and by the asked name where there is no such thing.
import type { AttachedPermissionsBoundary } from '@aws-sdk/client-iam'
import { AwsError } from '@twinlock/protocol'
import type { Selectable } from 'kysely'
import type { Tables } from '../../store/tables.ts'
import { groupArn, roleArn, rootArn, userArn } from '../../identifiers/arns.ts'
import type { Context } from '../context.ts'
import type { Permission } from '../operation.ts'
import { tagsOf } from './tags.ts'

export type UserRow = Selectable<Tables['user']>
export type GroupRow = Selectable<Tables['group']>
export type RoleRow = Selectable<Tables['role']>

/** The form in which a name is unique. */
export const nameKey = (name: string) => name.toLowerCase()

export function findUser({ db, account }: Context, userName: string): Promise<UserRow | undefined> {
  return db
    .selectFrom('user')
    .selectAll()
    .where('accountId', '=', account)
    .where('userNameKey', '=', nameKey(userName))
    .executeTakeFirst()
}

export function findGroup(
  { db, account }: Context,
  groupName: string,
): Promise<GroupRow | undefined> {
  return db
    .selectFrom('group')
    .selectAll()
    .where('accountId', '=', account)
    .where('groupNameKey', '=', nameKey(groupName))
    .executeTakeFirst()
}

export function findRole({ db, account }: Context, roleName: string): Promise<RoleRow | undefined> {
  return db
    .selectFrom('role')
    .selectAll()
    .where('accountId', '=', account)
    .where('roleNameKey', '=', nameKey(roleName))
    .executeTakeFirst()
}

/** @throws AwsError NoSuchEntity */
export async function theUser(context: Context, userName: string): Promise<UserRow> {
  const user = await findUser(context, userName)
  if (user === undefined) throw notFound('user', userName)
  return user
}

/** @throws AwsError NoSuchEntity */
export async function theGroup(context: Context, groupName: string): Promise<GroupRow> {
  const group = await findGroup(context, groupName)
  if (group === undefined) throw notFound('group', groupName)
  return group
}

/** @throws AwsError NoSuchEntity */
export async function theRole(context: Context, roleName: string): Promise<RoleRow> {
  const role = await findRole(context, roleName)
  if (role === undefined) throw notFound('role', roleName)
  return role
}

const notFound = (entity: string, name: string) =>
  new AwsError('NoSuchEntity', `The ${entity} with name ${name} cannot be found.`)

type More = Pick<Permission, 'keys' | 'requestTags' | 'requestTagKeys'>

/** The permission to do `action` to a user, by its stored ARN. Also gives the user's tags and boundary as condition keys. */
export async function onUser(
  action: string,
  context: Context,
  userName: string,
  more: More = {},
): Promise<Permission> {
  const user = await findUser(context, userName)
  return {
    action,
    resource: userArn(context.account, user?.path ?? '/', user?.userName ?? userName),
    shownAs: `user ${user?.userName ?? userName}`,
    ...(user && { resourceTags: await tagsOf(context, user.userId) }),
    ...more,
    keys: { 'iam:PermissionsBoundary': user?.permissionsBoundary ?? undefined, ...more.keys },
  }
}

/** The permission to do `action` to a group, by its stored ARN. */
export async function onGroup(
  action: string,
  context: Context,
  groupName: string,
  more: More = {},
): Promise<Permission> {
  const group = await findGroup(context, groupName)
  return {
    action,
    resource: groupArn(context.account, group?.path ?? '/', group?.groupName ?? groupName),
    shownAs: `group ${group?.groupName ?? groupName}`,
    ...more,
  }
}

/** The permission to do `action` to a role, by its stored ARN. */
export async function onRole(
  action: string,
  context: Context,
  roleName: string,
  more: More = {},
): Promise<Permission> {
  const role = await findRole(context, roleName)
  return {
    action,
    resource: roleArn(context.account, role?.path ?? '/', role?.roleName ?? roleName),
    shownAs: `role ${role?.roleName ?? roleName}`,
    ...(role && { resourceTags: await tagsOf(context, role.roleId) }),
    ...more,
    keys: { 'iam:PermissionsBoundary': role?.permissionsBoundary ?? undefined, ...more.keys },
  }
}

export const MUST_SPECIFY_USER = 'Must specify userName when calling with non-User credentials'

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
      throw new AwsError('ValidationError', MUST_SPECIFY_USER)
  }
}

/** The permission to do `action` to whom a call is about. */
export function onSubject(action: string, context: Context, subject: Subject): Promise<Permission> {
  switch (subject.kind) {
    case 'root':
      return Promise.resolve({ action, resource: rootArn(context.account) })
    case 'user':
      return onUser(action, context, subject.userName)
  }
}

/** The member `PermissionsBoundary` of an answer, left out where there is none. */
export function boundaryMember(policyArn: string | null): {
  PermissionsBoundary?: AttachedPermissionsBoundary
} {
  if (policyArn === null) return {}
  return {
    PermissionsBoundary: {
      PermissionsBoundaryType: BOUNDARY_TYPE,
      PermissionsBoundaryArn: policyArn,
    },
  }
}

/** The wire says `Policy`, where the model's enum has `PermissionsBoundaryPolicy` (recorded by LocalStack's validated tests). */
const BOUNDARY_TYPE = 'Policy' as string as 'PermissionsBoundaryPolicy'

/** Sorts after all that begins with `prefix`: names and paths have no character above U+007E. */
export const endOfPrefix = (prefix: string) => `${prefix}\u007f`
