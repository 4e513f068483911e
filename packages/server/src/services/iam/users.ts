// IAM users: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users.html
import type {
  CreateUserRequest,
  CreateUserResponse,
  DeleteUserRequest,
  GetUserRequest,
  GetUserResponse,
  ListUsersRequest,
  ListUsersResponse,
  ListUserTagsRequest,
  ListUserTagsResponse,
  TagUserRequest,
  UntagUserRequest,
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
import type { UserRow } from './entities.ts'
import {
  boundaryMember,
  endOfPrefix,
  findUser,
  nameKey,
  onSubject,
  onUser,
  subjectOf,
  theUser,
} from './entities.ts'
import { theBoundaryPolicy } from './permissions-boundaries.ts'
import { QUOTAS } from './quotas.ts'
import { addTags, checkTags, dropTags, pageOfTags, removeTags, tagsMember, tagsOf } from './tags.ts'

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html
export const CreateUser = operation<CreateUserRequest, CreateUserResponse>({
  changes: true,

  permissions({ UserName, Path = '/', PermissionsBoundary, Tags = [] }, { account }) {
    const asked = {
      resource: userArn(account, Path, UserName),
      requestTags: Tags,
      keys: { 'iam:PermissionsBoundary': PermissionsBoundary },
    }
    const create = { action: 'iam:CreateUser', ...asked }
    return Tags.length === 0 ? [create] : [create, { action: 'iam:TagUser', ...asked }]
  },

  async perform({ UserName, Path = '/', PermissionsBoundary, Tags = [] }, context) {
    const { account, db, house, now } = context
    checkTags(Tags, 'ignoring case')
    if ((await findUser(context, UserName)) !== undefined) throw alreadyExists(UserName)
    if (PermissionsBoundary !== undefined) await theBoundaryPolicy(context, PermissionsBoundary)
    await checkUsersQuota(context)

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
      'users',
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
    const held = await findHoldings(context, userId)
    for (const [holding, remedy] of REMEDIES) {
      if (held[holding]) throw new AwsError('DeleteConflict', `Cannot delete entity, ${remedy}.`)
    }

    await dropTags(context, userId)
    for (const table of ['formerPassword', 'user'] as const) {
      await db
        .deleteFrom(table)
        .where('accountId', '=', account)
        .where('userId', '=', userId)
        .execute()
    }
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagUser.html
export const TagUser = operation<TagUserRequest>({
  changes: true,

  permissions: async ({ UserName, Tags }, context) => [
    await onUser('iam:TagUser', context, UserName, { requestTags: Tags }),
  ],

  async perform({ UserName, Tags }, context) {
    const { userId } = await theUser(context, UserName)
    await addTags(context, userId, Tags, 'ignoring case')
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagUser.html
export const UntagUser = operation<UntagUserRequest>({
  changes: true,

  permissions: async ({ UserName, TagKeys }, context) => [
    await onUser('iam:UntagUser', context, UserName, { requestTagKeys: TagKeys }),
  ],

  async perform({ UserName, TagKeys }, context) {
    const { userId } = await theUser(context, UserName)
    await removeTags(context, userId, TagKeys, 'ignoring case')
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserTags.html
export const ListUserTags = operation<ListUserTagsRequest, ListUserTagsResponse>({
  permissions: async ({ UserName }, context) => [
    await onUser('iam:ListUserTags', context, UserName),
  ],

  async perform({ UserName, ...input }, context) {
    const { userId } = await theUser(context, UserName)
    const { items, paging } = await pageOfTags(input, context, userId)
    return { Tags: [...items], ...paging }
  },
})

export const userOperations = {
  CreateUser,
  DeleteUser,
  GetUser,
  ListUserTags,
  ListUsers,
  TagUser,
  UntagUser,
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

async function checkUsersQuota({ account, db }: Context): Promise<void> {
  const { users } = await db
    .selectFrom('user')
    .select(eb => eb.fn.countAll<number>().as('users'))
    .where('accountId', '=', account)
    .executeTakeFirstOrThrow()
  if (users >= QUOTAS.UsersQuota) {
    throw new AwsError(
      'LimitExceeded',
      `Cannot exceed quota for UsersPerAccount: ${QUOTAS.UsersQuota}`,
    )
  }
}

/**
 * What must go before a user can, in AWS's words: those for policies and devices are recorded, the others were seen by AWS's
 * customers. In which order AWS looks is not known: this order is ours.
 */
const REMEDIES = [
  ['accessKey', 'must delete access keys first'],
  ['loginProfile', 'must delete login profile first'],
  ['membership', 'must remove users from group first'],
  ['attachment', 'must detach all policies first'],
  ['inlinePolicy', 'must delete policies first'],
  ['mfaDevice', 'must remove tokens from principal first'],
] as const

/** Which things hang on the user, in one query. */
function findHoldings({ account, db }: Context, userId: string) {
  return db
    .selectNoFrom(eb => {
      const ofPrincipal = (table: 'accessKey' | 'attachment' | 'inlinePolicy' | 'mfaDevice') =>
        eb
          .exists(
            eb
              .selectFrom(table)
              .select('accountId')
              .where('accountId', '=', account)
              .where('principalId', '=', userId),
          )
          .as(table)
      const ofUser = (table: 'loginProfile' | 'membership') =>
        eb
          .exists(
            eb
              .selectFrom(table)
              .select('accountId')
              .where('accountId', '=', account)
              .where('userId', '=', userId),
          )
          .as(table)
      return [
        ofPrincipal('accessKey'),
        ofUser('loginProfile'),
        ofUser('membership'),
        ofPrincipal('attachment'),
        ofPrincipal('inlinePolicy'),
        ofPrincipal('mfaDevice'),
      ]
    })
    .executeTakeFirstOrThrow()
}
