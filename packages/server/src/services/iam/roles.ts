// Roles: identities that are assumed, not signed in to. Names are unique ignoring case; an account has at most a thousand.
import type {
  CreateRoleRequest,
  CreateRoleResponse,
  DeleteRoleRequest,
  GetRoleRequest,
  GetRoleResponse,
  ListRolesRequest,
  ListRolesResponse,
  Role,
  UpdateRoleDescriptionRequest,
  UpdateRoleDescriptionResponse,
  UpdateRoleRequest,
  UpdateRoleResponse,
} from '@aws-sdk/client-iam'
import { AwsError } from '@twinlock/protocol'
import { roleArn } from '../../identifiers/arns.ts'
import { newUniqueId } from '../../identifiers/unique-ids.ts'
import type { Context } from '../context.ts'
import type { Operations } from '../operation.ts'
import { operation } from '../operation.ts'
import { page } from '../paging.ts'
import { HELD_BY_ROLES, checkHoldsNothing } from './delete-conflicts.ts'
import { nameKey } from './names.ts'
import { checkPath, endOfPrefix } from './paths.ts'
import { boundaryMember, theBoundaryPolicy } from './permissions-boundaries.ts'
import { QUOTAS, checkAccountQuota } from './quotas.ts'
import type { RoleRow } from './role-lookup.ts'
import { findRole, onBoundedRole, theRole } from './role-lookup.ts'
import { addTags, checkTags, dropTags, tagsMember, tagsOf } from './tags.ts'
import { bindTrustPolicy, shownTrustPolicies } from './trust-policies.ts'

const DEFAULT_SESSION_SECONDS = 3600

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
export const CreateRole = operation<CreateRoleRequest, CreateRoleResponse>({
  changes: true,
  check: ({ Path }) => checkPath(Path),
  permissions({ RoleName, Path = '/', PermissionsBoundary, Tags = [] }, { account }) {
    const asked = { resource: roleArn(account, Path, RoleName), requestTags: Tags }
    const keys = { 'iam:PermissionsBoundary': PermissionsBoundary }
    const create = { ...asked, action: 'iam:CreateRole', keys }
    return Tags.length === 0 ? [create] : [create, { ...asked, action: 'iam:TagRole' }]
  },
  async perform(input, context) {
    const { RoleName, Path = '/', Description, MaxSessionDuration, Tags = [] } = input
    const { account, db, house, now } = context
    checkTags(Tags, 'ignoring case')
    const trust = await bindTrustPolicy(context, input.AssumeRolePolicyDocument)
    if ((await findRole(context, RoleName)) !== undefined) {
      throw new AwsError('EntityAlreadyExists', `Role with name ${RoleName} already exists.`)
    }
    await checkAccountQuota(context, 'role', 'RolesPerAccount', QUOTAS.RolesQuota)
    const permissionsBoundary = await requestedBoundary(context, input.PermissionsBoundary)
    const role = {
      accountId: account,
      roleId: newUniqueId('AROA', account, house.random),
      roleName: RoleName,
      roleNameKey: nameKey(RoleName),
      path: Path,
      description: Description ?? null,
      maxSessionDuration: MaxSessionDuration ?? DEFAULT_SESSION_SECONDS,
      ...trust,
      permissionsBoundary,
      createDate: now.getTime(),
      lastUsedDate: null,
      lastUsedRegion: null,
    }
    await db.insertInto('role').values(role).execute()
    await addTags(context, role.roleId, Tags, 'ignoring case')
    const shownTrust = await shownTrustPolicies(context, [role])
    return {
      // As recorded: neither Description nor MaxSessionDuration is told here.
      Role: {
        ...identityOf(role, context),
        AssumeRolePolicyDocument: shownTrust(role),
        ...boundaryMember(role.permissionsBoundary),
        ...tagsMember(Tags),
      },
    }
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html
export const GetRole = operation<GetRoleRequest, GetRoleResponse>({
  permissions: async ({ RoleName }, context) => [
    await onBoundedRole('iam:GetRole', context, RoleName),
  ],
  perform: async ({ RoleName }, context) => ({
    Role: await roleMembers(context, await theRole(context, RoleName)),
  }),
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html
export const ListRoles = operation<ListRolesRequest, ListRolesResponse>({
  permissions: ({ PathPrefix = '/' }, { account }) => [
    { action: 'iam:ListRoles', resource: '*', shownAs: roleArn(account, PathPrefix, '') },
  ],
  async perform(input, context) {
    const { account, db } = context
    const { PathPrefix = '/' } = input
    const { items, paging } = await page(
      input,
      context,
      `roles under ${PathPrefix}`,
      (after = '', limit) =>
        db
          .selectFrom('role')
          .selectAll()
          .where('accountId', '=', account)
          .where('roleNameKey', '>', after)
          .where('path', '>=', PathPrefix)
          .where('path', '<', endOfPrefix(PathPrefix))
          .orderBy('roleNameKey')
          .limit(limit)
          .execute(),
      role => role.roleNameKey,
    )
    const shownTrust = await shownTrustPolicies(context, items)
    return { Roles: items.map(role => summaryOf(role, shownTrust(role), context)), ...paging }
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html
export const UpdateRole = operation<UpdateRoleRequest, UpdateRoleResponse>({
  changes: true,
  permissions: async ({ RoleName }, context) => [
    await onBoundedRole('iam:UpdateRole', context, RoleName),
  ],
  async perform({ RoleName, Description, MaxSessionDuration }, context) {
    const role = await theRole(context, RoleName)
    await updateRole(context, role, {
      description: Description ?? role.description,
      maxSessionDuration: MaxSessionDuration ?? role.maxSessionDuration,
    })
    return {}
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRoleDescription.html
export const UpdateRoleDescription = operation<
  UpdateRoleDescriptionRequest,
  UpdateRoleDescriptionResponse
>({
  changes: true,
  permissions: async ({ RoleName }, context) => [
    await onBoundedRole('iam:UpdateRoleDescription', context, RoleName),
  ],
  async perform({ RoleName, Description }, context) {
    const role = await theRole(context, RoleName)
    await updateRole(context, role, { description: Description })
    const shownTrust = await shownTrustPolicies(context, [role])
    // As recorded: neither MaxSessionDuration nor RoleLastUsed is told here.
    return {
      Role: {
        ...identityOf(role, context),
        AssumeRolePolicyDocument: shownTrust(role),
        Description,
      },
    }
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html
export const DeleteRole = operation<DeleteRoleRequest>({
  changes: true,
  permissions: async ({ RoleName }, context) => [
    await onBoundedRole('iam:DeleteRole', context, RoleName),
  ],
  async perform({ RoleName }, context) {
    const { roleId } = await theRole(context, RoleName)
    await checkHoldsNothing(context, roleId, HELD_BY_ROLES)
    await dropTags(context, roleId)
    await context.db
      .deleteFrom('role')
      .where('accountId', '=', context.account)
      .where('roleId', '=', roleId)
      .execute()
  },
})

export const roleOperations = {
  CreateRole,
  GetRole,
  ListRoles,
  UpdateRole,
  UpdateRoleDescription,
  DeleteRole,
} satisfies Operations

/** The members that every answer about a role has. */
const identityOf = (role: RoleRow, { account }: Context) => ({
  Path: role.path,
  RoleName: role.roleName,
  RoleId: role.roleId,
  Arn: roleArn(account, role.path, role.roleName),
  CreateDate: new Date(role.createDate),
})

/** A role as lists show it: without tags, boundary and last use. */
const summaryOf = (role: RoleRow, trustPolicy: string, context: Context): Role => ({
  ...identityOf(role, context),
  AssumeRolePolicyDocument: trustPolicy,
  ...(role.description !== null && { Description: role.description }),
  MaxSessionDuration: role.maxSessionDuration,
})

/** A role as GetRole shows it. RoleLastUsed is there, and empty, for one that was never used. */
async function roleMembers(context: Context, role: RoleRow): Promise<Role> {
  const shownTrust = await shownTrustPolicies(context, [role])
  return {
    ...summaryOf(role, shownTrust(role), context),
    ...boundaryMember(role.permissionsBoundary),
    ...tagsMember(await tagsOf(context, role.roleId)),
    RoleLastUsed: {
      ...(role.lastUsedDate !== null && { LastUsedDate: new Date(role.lastUsedDate) }),
      ...(role.lastUsedRegion !== null && { Region: role.lastUsedRegion }),
    },
  }
}

async function requestedBoundary(context: Context, arn: string | undefined) {
  if (arn === undefined) return null
  await theBoundaryPolicy(context, arn)
  return arn
}

async function updateRole(
  { db, account }: Context,
  { roleId }: RoleRow,
  columns: Partial<Pick<RoleRow, 'description' | 'maxSessionDuration'>>,
): Promise<void> {
  await db
    .updateTable('role')
    .set(columns)
    .where('accountId', '=', account)
    .where('roleId', '=', roleId)
    .execute()
}
