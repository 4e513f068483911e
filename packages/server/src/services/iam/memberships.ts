// Memberships: which users belong to which groups, ten groups a user at most.
import type {
  AddUserToGroupRequest,
  ListGroupsForUserRequest,
  ListGroupsForUserResponse,
  RemoveUserFromGroupRequest,
} from '@aws-sdk/client-iam'
import type { Context } from '../context.ts'
import type { Operations } from '../operation.ts'
import { operation } from '../operation.ts'
import { page } from '../paging.ts'
import { onGroup, theGroup } from './group-lookup.ts'
import { groupMembers } from './groups.ts'
import { QUOTAS, checkQuota } from './quotas.ts'
import { onUser, theUser } from './user-lookup.ts'

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html
export const AddUserToGroup = operation<AddUserToGroupRequest>({
  changes: true,

  permissions: async ({ GroupName }, context) => [
    await onGroup('iam:AddUserToGroup', context, GroupName),
  ],

  /** Adding a member once more changes nothing. */
  async perform({ UserName, GroupName }, context) {
    const { account, db } = context
    const { userId } = await theUser(context, UserName)
    const { groupId } = await theGroup(context, GroupName)
    const groups = await groupIdsOf(context, userId)
    if (groups.includes(groupId)) return
    checkQuota('GroupsPerUser', groups.length, QUOTAS.GroupsPerUserQuota)
    await db.insertInto('membership').values({ accountId: account, userId, groupId }).execute()
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveUserFromGroup.html
export const RemoveUserFromGroup = operation<RemoveUserFromGroupRequest>({
  changes: true,

  permissions: async ({ GroupName }, context) => [
    await onGroup('iam:RemoveUserFromGroup', context, GroupName),
  ],

  /** Recorded: taking out a user who is not in succeeds, and a missing user is told before a missing group. */
  async perform({ UserName, GroupName }, context) {
    const { account, db } = context
    const { userId } = await theUser(context, UserName)
    const { groupId } = await theGroup(context, GroupName)
    await db
      .deleteFrom('membership')
      .where('accountId', '=', account)
      .where('userId', '=', userId)
      .where('groupId', '=', groupId)
      .execute()
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupsForUser.html
export const ListGroupsForUser = operation<ListGroupsForUserRequest, ListGroupsForUserResponse>({
  permissions: async ({ UserName }, context) => [
    await onUser('iam:ListGroupsForUser', context, UserName),
  ],

  async perform({ UserName, ...input }, context) {
    const { account, db } = context
    const { userId } = await theUser(context, UserName)
    const { items, paging } = await page(
      input,
      context,
      `groups of ${userId}`,
      (after = '', limit) =>
        db
          .selectFrom('membership')
          .innerJoin('group', join =>
            join
              .onRef('group.accountId', '=', 'membership.accountId')
              .onRef('group.groupId', '=', 'membership.groupId'),
          )
          .selectAll('group')
          .where('membership.accountId', '=', account)
          .where('membership.userId', '=', userId)
          .where('group.groupNameKey', '>', after)
          .orderBy('group.groupNameKey')
          .limit(limit)
          .execute(),
      group => group.groupNameKey,
    )
    return { Groups: items.map(group => groupMembers(account, group)), ...paging }
  },
})

export const membershipOperations = {
  AddUserToGroup,
  RemoveUserFromGroup,
  ListGroupsForUser,
} satisfies Operations

async function groupIdsOf({ account, db }: Context, userId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('membership')
    .select('groupId')
    .where('accountId', '=', account)
    .where('userId', '=', userId)
    .execute()
  return rows.map(({ groupId }) => groupId)
}
