// IAM identities as policies see them: users, groups and roles have policies attached to them and embedded in them.
import type { Context } from '../context.ts'
import type { Permission } from '../operation.ts'
import { onGroup, theGroup } from './group-lookup.ts'
import { QUOTAS } from './quotas.ts'
import { onBoundedRole, onRole, theRole } from './role-lookup.ts'
import { onBoundedUser, onUser, theUser } from './user-lookup.ts'

export type Identity = {
  /** AIDA…, AGPA… or AROA…. */
  readonly id: string
  /** As it is spelled. */
  readonly name: string
}

type PermissionOn = (
  action: string,
  context: Context,
  name: string,
  more?: Pick<Permission, 'keys'>,
) => Promise<Permission>

/** A kind of identity. `Named` is the member of a request by which one is named: `UserName`. */
export type IdentityKind<Named> = {
  /** As actions and quotas spell it. */
  readonly kind: 'User' | 'Group' | 'Role'
  readonly nameOf: (input: Named) => string
  /** The answer's member that repeats the name. */
  readonly named: (name: string) => Named
  /** @throws AwsError NoSuchEntity */
  readonly find: (context: Context, name: string) => Promise<Identity>
  /** To read its policies. */
  readonly permission: PermissionOn
  /** To change its policies. */
  readonly permissionToChange: PermissionOn
  readonly mostAttachedPolicies: number
  /** Of all embedded policies together. */
  readonly policySize: number
}

export type NamedUser = { readonly UserName: string }
export type NamedGroup = { readonly GroupName: string }
export type NamedRole = { readonly RoleName: string }

export const USER: IdentityKind<NamedUser> = {
  kind: 'User',
  nameOf: ({ UserName }) => UserName,
  named: UserName => ({ UserName }),
  async find(context, name) {
    const { userId, userName } = await theUser(context, name)
    return { id: userId, name: userName }
  },
  permission: onUser,
  permissionToChange: onBoundedUser,
  mostAttachedPolicies: QUOTAS.AttachedPoliciesPerUserQuota,
  policySize: QUOTAS.UserPolicySizeQuota,
}

export const GROUP: IdentityKind<NamedGroup> = {
  kind: 'Group',
  nameOf: ({ GroupName }) => GroupName,
  named: GroupName => ({ GroupName }),
  async find(context, name) {
    const { groupId, groupName } = await theGroup(context, name)
    return { id: groupId, name: groupName }
  },
  permission: onGroup,
  permissionToChange: onGroup,
  mostAttachedPolicies: QUOTAS.AttachedPoliciesPerGroupQuota,
  policySize: QUOTAS.GroupPolicySizeQuota,
}

export const ROLE: IdentityKind<NamedRole> = {
  kind: 'Role',
  nameOf: ({ RoleName }) => RoleName,
  named: RoleName => ({ RoleName }),
  async find(context, name) {
    const { roleId, roleName } = await theRole(context, name)
    return { id: roleId, name: roleName }
  },
  permission: onRole,
  permissionToChange: onBoundedRole,
  mostAttachedPolicies: QUOTAS.AttachedPoliciesPerRoleQuota,
  policySize: QUOTAS.RolePolicySizeQuota,
}
