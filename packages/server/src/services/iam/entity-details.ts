// Users, groups, roles and policies with all that hangs on them, as GetAccountAuthorizationDetails shows them. What hangs
// on the things of a page is read together, a query per table. Which lists are there when empty is as recorded.
import type {
  AttachedPolicy,
  GroupDetail,
  ManagedPolicyDetail,
  PolicyDetail,
  RoleDetail,
  UserDetail,
} from '@aws-sdk/client-iam'
import { roleArn, userArn } from '../../identifiers/arns.ts'
import type { Context } from '../context.ts'
import type { Tag } from '../operation.ts'
import { attachedPolicy } from './attachments.ts'
import type { GroupRow } from './group-lookup.ts'
import { groupMembers } from './groups.ts'
import { policyMembers } from './managed-policies.ts'
import { boundaryMember } from './permissions-boundaries.ts'
import type { ManagedPolicy } from './policies.ts'
import { encodeDocument } from './policy-documents.ts'
import { countUsage } from './policy-usage.ts'
import { versionWithDocument, versionsOf } from './policy-versions.ts'
import type { RoleRow } from './role-lookup.ts'
import { shownTrustPolicies } from './trust-policies.ts'
import type { UserRow } from './user-lookup.ts'

export async function describeUsers(
  context: Context,
  users: readonly UserRow[],
): Promise<UserDetail[]> {
  const ids = users.map(({ userId }) => userId)
  const inlinePolicies = await readInlinePolicies(context, ids)
  const groupNames = await readGroupNames(context, ids)
  const attachedPolicies = await readAttachedPolicies(context, ids)
  const tags = await readTags(context, ids)
  return users.map(user => {
    const embedded = inlinePolicies(user.userId)
    return {
      Path: user.path,
      UserName: user.userName,
      UserId: user.userId,
      Arn: userArn(context.account, user.path, user.userName),
      CreateDate: new Date(user.createDate),
      ...(embedded.length > 0 && { UserPolicyList: embedded }),
      GroupList: groupNames(user.userId),
      AttachedManagedPolicies: attachedPolicies(user.userId),
      ...boundaryMember(user.permissionsBoundary),
      Tags: tags(user.userId),
    }
  })
}

export async function describeGroups(
  context: Context,
  groups: readonly GroupRow[],
): Promise<GroupDetail[]> {
  const ids = groups.map(({ groupId }) => groupId)
  const inlinePolicies = await readInlinePolicies(context, ids)
  const attachedPolicies = await readAttachedPolicies(context, ids)
  return groups.map(group => ({
    ...groupMembers(context.account, group),
    GroupPolicyList: inlinePolicies(group.groupId),
    AttachedManagedPolicies: attachedPolicies(group.groupId),
  }))
}

export async function describeRoles(
  context: Context,
  roles: readonly RoleRow[],
): Promise<RoleDetail[]> {
  const ids = roles.map(({ roleId }) => roleId)
  const trustPolicy = await shownTrustPolicies(context, roles)
  const inlinePolicies = await readInlinePolicies(context, ids)
  const attachedPolicies = await readAttachedPolicies(context, ids)
  const tags = await readTags(context, ids)
  return roles.map(role => ({
    Path: role.path,
    RoleName: role.roleName,
    RoleId: role.roleId,
    Arn: roleArn(context.account, role.path, role.roleName),
    CreateDate: new Date(role.createDate),
    AssumeRolePolicyDocument: trustPolicy(role),
    // Instance profiles are not kept here.
    InstanceProfileList: [],
    RolePolicyList: inlinePolicies(role.roleId),
    AttachedManagedPolicies: attachedPolicies(role.roleId),
    ...boundaryMember(role.permissionsBoundary),
    Tags: tags(role.roleId),
    RoleLastUsed: {
      ...(role.lastUsedDate !== null && { LastUsedDate: new Date(role.lastUsedDate) }),
      ...(role.lastUsedRegion !== null && { Region: role.lastUsedRegion }),
    },
  }))
}

export async function describePolicies(
  context: Context,
  policies: readonly ManagedPolicy[],
): Promise<ManagedPolicyDetail[]> {
  const usage = await countUsage(
    context,
    policies.map(({ arn }) => arn),
  )
  const versions = Map.groupBy(await versionsOf(context, policies), ({ policyId }) => policyId)
  return policies.map(policy => ({
    ...policyMembers(policy, usage(policy.arn)),
    PolicyVersionList: (versions.get(policy.policyId) ?? []).map(version =>
      versionWithDocument(version, policy.defaultVersion),
    ),
  }))
}

/** What was read, by the unique id of the thing that it hangs on. */
export type Read<Item> = (id: string) => Item[]

export function byId<Row, Item>(
  rows: readonly Row[],
  idOf: (row: Row) => string,
  show: (row: Row) => Item,
): Read<Item> {
  const rowsById = Map.groupBy(rows, idOf)
  return id => (rowsById.get(id) ?? []).map(show)
}

async function readInlinePolicies(
  { account, db }: Context,
  ids: readonly string[],
): Promise<Read<PolicyDetail>> {
  if (ids.length === 0) return () => []
  const rows = await db
    .selectFrom('inlinePolicy')
    .select(['principalId', 'policyName', 'document'])
    .where('accountId', '=', account)
    .where('principalId', 'in', ids)
    .orderBy('policyNameKey')
    .execute()
  return byId(
    rows,
    row => row.principalId,
    row => ({ PolicyName: row.policyName, PolicyDocument: encodeDocument(row.document) }),
  )
}

async function readAttachedPolicies(
  { account, db }: Context,
  ids: readonly string[],
): Promise<Read<AttachedPolicy>> {
  if (ids.length === 0) return () => []
  const rows = await db
    .selectFrom('attachment')
    .select(['principalId', 'policyArn'])
    .where('accountId', '=', account)
    .where('principalId', 'in', ids)
    .orderBy('policyArn')
    .execute()
  return byId(
    rows,
    row => row.principalId,
    row => attachedPolicy(row.policyArn),
  )
}

export async function readGroupNames(
  { account, db }: Context,
  ids: readonly string[],
): Promise<Read<string>> {
  if (ids.length === 0) return () => []
  const rows = await db
    .selectFrom('membership')
    .innerJoin('group', join =>
      join
        .onRef('group.accountId', '=', 'membership.accountId')
        .onRef('group.groupId', '=', 'membership.groupId'),
    )
    .select(['membership.userId', 'group.groupName'])
    .where('membership.accountId', '=', account)
    .where('membership.userId', 'in', ids)
    .orderBy('group.groupNameKey')
    .execute()
  return byId(
    rows,
    row => row.userId,
    row => row.groupName,
  )
}

export async function readTags(
  { account, db }: Context,
  ids: readonly string[],
): Promise<Read<Tag>> {
  if (ids.length === 0) return () => []
  const rows = await db
    .selectFrom('tag')
    .select(['resourceId', 'key', 'value'])
    .where('accountId', '=', account)
    .where('resourceId', 'in', ids)
    .orderBy('tagKey')
    .execute()
  return byId(
    rows,
    row => row.resourceId,
    row => ({ Key: row.key, Value: row.value }),
  )
}
