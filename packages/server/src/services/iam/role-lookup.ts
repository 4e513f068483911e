// A role as a name finds it. It is authorized by its stored ARN, path included, and by the asked name where there is none.
import type { Selectable } from 'kysely'
import { roleArn } from '../../identifiers/arns.ts'
import type { Tables } from '../../store/tables.ts'
import type { Context } from '../context.ts'
import type { Permission } from '../operation.ts'
import { nameKey, nameNotFound } from './names.ts'
import { tagsOf } from './tags.ts'

export type RoleRow = Selectable<Tables['role']>

export function findRole({ db, account }: Context, roleName: string): Promise<RoleRow | undefined> {
  return db
    .selectFrom('role')
    .selectAll()
    .where('accountId', '=', account)
    .where('roleNameKey', '=', nameKey(roleName))
    .executeTakeFirst()
}

/** @throws AwsError NoSuchEntity */
export async function theRole(context: Context, roleName: string): Promise<RoleRow> {
  const role = await findRole(context, roleName)
  if (role === undefined) throw nameNotFound('role', roleName)
  return role
}

type More = Pick<Permission, 'keys' | 'requestTags' | 'requestTagKeys'>

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
    shownAs: `role ${roleName}`,
    ...(role && { resourceTags: await tagsOf(context, role.roleId) }),
    ...more,
  }
}

/** The same for an action that has the role's present boundary as a condition key. */
export async function onBoundedRole(
  action: string,
  context: Context,
  roleName: string,
  more: More = {},
): Promise<Permission> {
  const role = await findRole(context, roleName)
  const keys = { 'iam:PermissionsBoundary': role?.permissionsBoundary ?? undefined, ...more.keys }
  return onRole(action, context, roleName, { ...more, keys })
}
