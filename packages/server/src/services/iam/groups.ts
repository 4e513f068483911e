// Groups: users that have policies in common. A group is nobody: it signs nothing and no policy can name it as a principal.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups.html
import type {
  CreateGroupRequest,
  CreateGroupResponse,
  DeleteGroupRequest,
  GetGroupRequest,
  GetGroupResponse,
  ListGroupsRequest,
  ListGroupsResponse,
  UpdateGroupRequest,
} from '@aws-sdk/client-iam'
import { AwsError } from '@twinlock/protocol'
import type { AccountId } from '../../identifiers/account-id.ts'
import { groupArn } from '../../identifiers/arns.ts'
import { newUniqueId } from '../../identifiers/unique-ids.ts'
import type { Operations } from '../operation.ts'
import { operation } from '../operation.ts'
import { page } from '../paging.ts'
import { HELD_BY_GROUPS, checkHoldsNothing } from './delete-conflicts.ts'
import type { GroupRow } from './group-lookup.ts'
import { findGroup, onGroup, theGroup } from './group-lookup.ts'
import { nameKey } from './names.ts'
import { checkPath, endOfPrefix } from './paths.ts'
import { QUOTAS, checkAccountQuota } from './quotas.ts'
import { userMembers } from './users.ts'

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateGroup.html
export const CreateGroup = operation<CreateGroupRequest, CreateGroupResponse>({
  changes: true,

  check: ({ Path }) => checkPath(Path),

  permissions: ({ GroupName, Path = '/' }, { account }) => [
    { action: 'iam:CreateGroup', resource: groupArn(account, Path, GroupName) },
  ],

  async perform({ GroupName, Path = '/' }, context) {
    const { account, db, house, now } = context
    if ((await findGroup(context, GroupName)) !== undefined) throw alreadyExists(GroupName)
    await checkAccountQuota(context, 'group', 'GroupsPerAccount', QUOTAS.GroupsQuota)
    const group: GroupRow = {
      accountId: account,
      groupId: newUniqueId('AGPA', account, house.random),
      groupName: GroupName,
      groupNameKey: nameKey(GroupName),
      path: Path,
      createDate: now.getTime(),
    }
    await db.insertInto('group').values(group).execute()
    return { Group: groupMembers(account, group) }
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroup.html
export const GetGroup = operation<GetGroupRequest, GetGroupResponse>({
  permissions: async ({ GroupName }, context) => [
    await onGroup('iam:GetGroup', context, GroupName),
  ],

  async perform({ GroupName, ...input }, context) {
    const { account, db } = context
    const group = await theGroup(context, GroupName)
    const { items, paging } = await page(
      input,
      context,
      `users in ${group.groupId}`,
      (after = '', limit) =>
        db
          .selectFrom('membership')
          .innerJoin('user', join =>
            join
              .onRef('user.accountId', '=', 'membership.accountId')
              .onRef('user.userId', '=', 'membership.userId'),
          )
          .selectAll('user')
          .where('membership.accountId', '=', account)
          .where('membership.groupId', '=', group.groupId)
          .where('user.userNameKey', '>', after)
          .orderBy('user.userNameKey')
          .limit(limit)
          .execute(),
      user => user.userNameKey,
    )
    return {
      Group: groupMembers(account, group),
      Users: items.map(user => userMembers(account, user)),
      ...paging,
    }
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroups.html
export const ListGroups = operation<ListGroupsRequest, ListGroupsResponse>({
  permissions: ({ PathPrefix = '/' }, { account }) => [
    { action: 'iam:ListGroups', resource: '*', shownAs: groupArn(account, PathPrefix, '') },
  ],

  async perform({ PathPrefix = '/', ...input }, context) {
    const { account, db } = context
    const { items, paging } = await page(
      input,
      context,
      `groups under ${PathPrefix}`,
      (after = '', limit) =>
        db
          .selectFrom('group')
          .selectAll()
          .where('accountId', '=', account)
          .where('groupNameKey', '>', after)
          .where('path', '>=', PathPrefix)
          .where('path', '<', endOfPrefix(PathPrefix))
          .orderBy('groupNameKey')
          .limit(limit)
          .execute(),
      group => group.groupNameKey,
    )
    return { Groups: items.map(group => groupMembers(account, group)), ...paging }
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateGroup.html
export const UpdateGroup = operation<UpdateGroupRequest>({
  changes: true,

  check: ({ NewPath }) => checkPath(NewPath, 'newPath'),

  /** The caller must be allowed to update the group both as it is called and as it will be called. */
  async permissions({ GroupName, NewGroupName, NewPath }, context) {
    const source = await onGroup('iam:UpdateGroup', context, GroupName)
    const group = await findGroup(context, GroupName)
    const name = NewGroupName ?? group?.groupName ?? GroupName
    const target = groupArn(context.account, NewPath ?? group?.path ?? '/', name)
    if (target === source.resource) return [source]
    return [source, { ...source, resource: target, shownAs: `group ${name}` }]
  },

  async perform({ GroupName, NewGroupName, NewPath }, context) {
    const group = await theGroup(context, GroupName)
    const groupName = NewGroupName ?? group.groupName
    const holder = await findGroup(context, groupName)
    if (holder !== undefined && holder.groupId !== group.groupId) throw alreadyExists(groupName)
    await context.db
      .updateTable('group')
      .set({ groupName, groupNameKey: nameKey(groupName), path: NewPath ?? group.path })
      .where('accountId', '=', context.account)
      .where('groupId', '=', group.groupId)
      .execute()
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroup.html
export const DeleteGroup = operation<DeleteGroupRequest>({
  changes: true,

  permissions: async ({ GroupName }, context) => [
    await onGroup('iam:DeleteGroup', context, GroupName),
  ],

  async perform({ GroupName }, context) {
    const { groupId } = await theGroup(context, GroupName)
    await checkHoldsNothing(context, groupId, HELD_BY_GROUPS)
    await context.db
      .deleteFrom('group')
      .where('accountId', '=', context.account)
      .where('groupId', '=', groupId)
      .execute()
  },
})

export const groupOperations = {
  CreateGroup,
  GetGroup,
  ListGroups,
  UpdateGroup,
  DeleteGroup,
} satisfies Operations

/** A group as every answer shows it. */
export const groupMembers = (account: AccountId, group: GroupRow) => ({
  Path: group.path,
  GroupName: group.groupName,
  GroupId: group.groupId,
  Arn: groupArn(account, group.path, group.groupName),
  CreateDate: new Date(group.createDate),
})

const alreadyExists = (groupName: string) =>
  new AwsError('EntityAlreadyExists', `Group with name ${groupName} already exists.`)
