// IAM users: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users.html
import type {
  CreateUserRequest,
  CreateUserResponse,
  DeleteUserRequest,
  GetUserRequest,
  GetUserResponse,
  ListUsersRequest,
  ListUsersResponse,
  UpdateUserRequest,
} from '@aws-sdk/client-iam'
import { AwsError } from '@twinlock/protocol'
import type { AccountId } from '../../identifiers/account-id.ts'
import { rootArn, userArn } from '../../identifiers/arns.ts'
import { newUniqueId } from '../../identifiers/unique-ids.ts'
import type { Context } from '../context.ts'
import type { Operations } from '../operation.ts'
import { operation } from '../operation.ts'
import { page } from '../paging.ts'
import { HELD_BY_USERS, checkHoldsNothing } from './delete-conflicts.ts'
import { nameKey } from './names.ts'
import { checkPath, endOfPrefix } from './paths.ts'
import { boundaryMember, theBoundaryPolicy } from './permissions-boundaries.ts'
import { QUOTAS, checkAccountQuota } from './quotas.ts'
import { onSubject, subjectOf } from './subject.ts'
import { addTags, checkTags, dropTags, tagsMember, tagsOf } from './tags.ts'
import type { UserRow } from './user-lookup.ts'
import { findUser, onUser, theUser } from './user-lookup.ts'

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html
export const CreateUser = operation<CreateUserRequest, CreateUserResponse>({
  changes: true,

  check: ({ Path }) => checkPath(Path),

  permissions({ UserName, Path = '/', PermissionsBoundary, Tags = [] }, { account }) {
    const asked = { resource: userArn(account, Path, UserName), requestTags: Tags }
    const keys = { 'iam:PermissionsBoundary': PermissionsBoundary }
    const create = { action: 'iam:CreateUser', ...asked, keys }
    return Tags.length === 0 ? [create] : [create, { action: 'iam:TagUser', ...asked }]
  },

  async perform({ UserName, Path = '/', PermissionsBoundary, Tags = [] }, context) {
    const { account, db, house, now } = context
    checkTags(Tags, 'ignoring case')
    if ((await findUser(context, UserName)) !== undefined) throw alreadyExists(UserName)
    if (PermissionsBoundary !== undefined) await theBoundaryPolicy(context, PermissionsBoundary)
    await checkAccountQuota(context, 'user', 'UsersPerAccount', QUOTAS.UsersQuota)

    const user: UserRow = {
      accountId: account,
      userId: newUniqueId('AIDA', account, house.random),
      userName: UserName,
      userNameKey: nameKey(UserName),
      path: Path,
      createDate: now.getTime(),
      permissionsBoundary: PermissionsBoundary ?? null,
      passwordLastUsed: null,
    }
    await db.insertInto('user').values(user).execute()
    await addTags(context, user.userId, Tags, 'ignoring case')
    return {
      User: {
        ...userMembers(account, user),
        ...boundaryMember(user.permissionsBoundary),
        ...tagsMember(Tags),
      },
    }
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html
export const GetUser = operation<GetUserRequest, GetUserResponse>({
  permissions: async ({ UserName }, context) => [
    await onSubject('iam:GetUser', context, subjectOf(UserName, context)),
  ],

  async perform({ UserName }, context) {
    const subject = subjectOf(UserName, context)
    if (subject.kind === 'root') return { User: await rootMembers(context) }
    const user = await theUser(context, subject.userName)
    return {
      User: {
        ...userMembers(context.account, user),
        ...boundaryMember(user.permissionsBoundary),
        ...tagsMember(await tagsOf(context, user.userId)),
      },
    }
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html
export const ListUsers = operation<ListUsersRequest, ListUsersResponse>({
  permissions: ({ PathPrefix = '/' }, { account }) => [
    { action: 'iam:ListUsers', resource: '*', shownAs: userArn(account, PathPrefix, '') },
  ],

  async perform({ PathPrefix = '/', ...input }, context) {
    const { account, db } = context
    const { items, paging } = await page(
      input,
      context,
      `users under ${PathPrefix}`,
      (after = '', limit) =>
        db
          .selectFrom('user')
          .selectAll()
          .where('accountId', '=', account)
          .where('userNameKey', '>', after)
          .where('path', '>=', PathPrefix)
          .where('path', '<', endOfPrefix(PathPrefix))
          .orderBy('userNameKey')
          .limit(limit)
          .execute(),
      user => user.userNameKey,
    )
    return { Users: items.map(user => userMembers(account, user)), ...paging }
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html
export const UpdateUser = operation<UpdateUserRequest>({
  changes: true,

  check: ({ NewPath }) => checkPath(NewPath, 'newPath'),

  /** The caller must be allowed to update the user both as it is called and as it will be called. */
  async permissions({ UserName, NewUserName, NewPath }, context) {
    const source = await onUser('iam:UpdateUser', context, UserName)
    const user = await findUser(context, UserName)
    const name = NewUserName ?? user?.userName ?? UserName
    const target = userArn(context.account, NewPath ?? user?.path ?? '/', name)
    if (target === source.resource) return [source]
    return [source, { ...source, resource: target, shownAs: `user ${name}` }]
  },

  async perform({ UserName, NewUserName, NewPath }, context) {
    const user = await theUser(context, UserName)
    const userName = NewUserName ?? user.userName
    const holder = await findUser(context, userName)
    if (holder !== undefined && holder.userId !== user.userId) throw alreadyExists(userName)

    await context.db
      .updateTable('user')
      .set({ userName, userNameKey: nameKey(userName), path: NewPath ?? user.path })
      .where('accountId', '=', context.account)
      .where('userId', '=', user.userId)
      .execute()
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html
export const DeleteUser = operation<DeleteUserRequest>({
  changes: true,

  permissions: async ({ UserName }, context) => [await onUser('iam:DeleteUser', context, UserName)],

  async perform({ UserName }, context) {
    const { account, db } = context
    const { userId } = await theUser(context, UserName)
    await checkHoldsNothing(context, userId, HELD_BY_USERS)

    await dropTags(context, userId)
    for (const table of ['formerPassword', 'passwordGuess', 'user'] as const) {
      await db
        .deleteFrom(table)
        .where('accountId', '=', account)
        .where('userId', '=', userId)
        .execute()
    }
  },
})

export const userOperations = {
  CreateUser,
  DeleteUser,
  GetUser,
  ListUsers,
  UpdateUser,
} satisfies Operations

/** A user as every answer shows it; only some add its boundary and its tags. */
export function userMembers(
  account: AccountId,
  user: Pick<UserRow, 'path' | 'userName' | 'userId' | 'createDate' | 'passwordLastUsed'>,
) {
  return {
    Path: user.path,
    UserName: user.userName,
    UserId: user.userId,
    Arn: userArn(account, user.path, user.userName),
    CreateDate: new Date(user.createDate),
    ...passwordLastUsedMember(user.passwordLastUsed),
  }
}

/** The root user as GetUser shows it: no path and no name (recorded from root sessions of real accounts). */
export async function rootMembers({ account, db }: Context) {
  const row = await db
    .selectFrom('account')
    .select(['createDate', 'rootPasswordLastUsed'])
    .where('accountId', '=', account)
    .executeTakeFirstOrThrow()
  return {
    Path: undefined,
    UserName: undefined,
    UserId: account,
    Arn: rootArn(account),
    CreateDate: new Date(row.createDate),
    ...passwordLastUsedMember(row.rootPasswordLastUsed),
  }
}

const passwordLastUsedMember = (time: number | null) =>
  time === null ? {} : { PasswordLastUsed: new Date(time) }

const alreadyExists = (userName: string) =>
  new AwsError('EntityAlreadyExists', `User with name ${userName} already exists.`)
