// Long-term access keys of users and of the root user, two each at most.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
import type {
  CreateAccessKeyRequest,
  CreateAccessKeyResponse,
  DeleteAccessKeyRequest,
  GetAccessKeyLastUsedRequest,
  GetAccessKeyLastUsedResponse,
  ListAccessKeysRequest,
  ListAccessKeysResponse,
  UpdateAccessKeyRequest,
} from '@aws-sdk/client-iam'
import { AwsError } from '@twinlock/protocol'
import { callerArn } from '../../authentication/caller.ts'
import { rootArn, userArn } from '../../identifiers/arns.ts'
import { newSecretAccessKey } from '../../identifiers/secret-access-key.ts'
import { newUniqueId } from '../../identifiers/unique-ids.ts'
import type { Context } from '../context.ts'
import type { Operations, Permission } from '../operation.ts'
import { operation } from '../operation.ts'
import { page } from '../paging.ts'
import { QUOTAS, checkQuota } from './quotas.ts'
import { onSubject, subjectOf } from './subject.ts'
import { tagsOf } from './tags.ts'
import { theUser } from './user-lookup.ts'

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html
export const CreateAccessKey = operation<CreateAccessKeyRequest, CreateAccessKeyResponse>({
  changes: true,

  permissions: async ({ UserName }, context) => [
    await onKeysOf(UserName, 'iam:CreateAccessKey', context),
  ],

  async perform({ UserName }, context) {
    const { account, db, house, now } = context
    const owner = await theKeysOwner(UserName, context)
    await checkAccessKeysQuota(owner, context)

    const accessKeyId = newUniqueId('AKIA', account, house.random)
    const secretAccessKey = newSecretAccessKey(house.random)
    await db
      .insertInto('accessKey')
      .values({
        accountId: account,
        accessKeyId,
        principalId: owner.principalId,
        sealedSecret: house.keyring.seal(
          'secret-access-key',
          Buffer.from(secretAccessKey),
          accessKeyId,
        ),
        status: 'Active',
        createDate: now.getTime(),
      })
      .execute()
    return {
      AccessKey: {
        UserName: owner.userName,
        AccessKeyId: accessKeyId,
        Status: 'Active',
        SecretAccessKey: secretAccessKey,
        CreateDate: now,
      },
    }
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html
export const ListAccessKeys = operation<ListAccessKeysRequest, ListAccessKeysResponse>({
  permissions: async ({ UserName }, context) => [
    await onKeysOf(UserName, 'iam:ListAccessKeys', context),
  ],

  async perform({ UserName, ...input }, context) {
    const { account, db } = context
    const { principalId, userName } = await theKeysOwner(UserName, context)
    const { items, paging } = await page(
      input,
      context,
      `access keys of ${principalId}`,
      (after = '', limit) =>
        db
          .selectFrom('accessKey')
          .select(['accessKeyId', 'status', 'createDate'])
          .where('accountId', '=', account)
          .where('principalId', '=', principalId)
          .where('accessKeyId', '>', after)
          .orderBy('accessKeyId')
          .limit(limit)
          .execute(),
      key => key.accessKeyId,
    )
    return {
      AccessKeyMetadata: items.map(key => ({
        UserName: userName,
        AccessKeyId: key.accessKeyId,
        Status: key.status,
        CreateDate: new Date(key.createDate),
      })),
      ...paging,
    }
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html
export const UpdateAccessKey = operation<
  Omit<UpdateAccessKeyRequest, 'Status'> & { Status: AssignableStatus | undefined }
>({
  changes: true,

  permissions: async ({ UserName }, context) => [
    await onKeysOf(UserName, 'iam:UpdateAccessKey', context),
  ],

  async perform({ UserName, AccessKeyId, Status }, context) {
    const { principalId } = await theKeysOwner(UserName, context)
    const { numUpdatedRows } = await context.db
      .updateTable('accessKey')
      .set({ status: Status })
      .where('accountId', '=', context.account)
      .where('principalId', '=', principalId)
      .where('accessKeyId', '=', AccessKeyId)
      .executeTakeFirstOrThrow()
    if (numUpdatedRows === 0n) throw keyNotFound(AccessKeyId)
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html
export const DeleteAccessKey = operation<DeleteAccessKeyRequest>({
  changes: true,

  permissions: async ({ UserName }, context) => [
    await onKeysOf(UserName, 'iam:DeleteAccessKey', context),
  ],

  async perform({ UserName, AccessKeyId }, context) {
    const { principalId } = await theKeysOwner(UserName, context)
    const { numDeletedRows } = await context.db
      .deleteFrom('accessKey')
      .where('accountId', '=', context.account)
      .where('principalId', '=', principalId)
      .where('accessKeyId', '=', AccessKeyId)
      .executeTakeFirstOrThrow()
    if (numDeletedRows === 0n) throw keyNotFound(AccessKeyId)
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html
export const GetAccessKeyLastUsed = operation<
  GetAccessKeyLastUsedRequest,
  GetAccessKeyLastUsedResponse
>({
  async permissions({ AccessKeyId }, context) {
    const key = await findKeyWithOwner(AccessKeyId, context)
    const permission = {
      action: 'iam:GetAccessKeyLastUsed',
      shownAs: `access key ${AccessKeyId}`,
    }
    // A key that does not exist is nobody's, and whoever may not ask for every key cannot tell it from another's.
    if (key === undefined) return [{ ...permission, resource: '*' }]
    return [{ ...permission, ...(await ownerAsResource(key, context)) }]
  },

  async perform({ AccessKeyId }, context) {
    const key = await findKeyWithOwner(AccessKeyId, context)
    if (key === undefined) throw lastUsedDenied(AccessKeyId, context)
    return {
      ...(key.userName !== null && { UserName: key.userName }),
      AccessKeyLastUsed: {
        ...(key.lastUsedDate !== null && { LastUsedDate: new Date(key.lastUsedDate) }),
        ServiceName: key.lastUsedService ?? 'N/A',
        Region: key.lastUsedRegion ?? 'N/A',
      },
    }
  },
})

export const accessKeyOperations = {
  CreateAccessKey,
  DeleteAccessKey,
  GetAccessKeyLastUsed,
  ListAccessKeys,
  UpdateAccessKey,
} satisfies Operations

/** The constraints leave out the SDK's third status, `Expired`, which nobody can give to a key. */
type AssignableStatus = 'Active' | 'Inactive'

/** Whose keys a call is about. Root's are listed without a user name. */
type KeysOwner = { readonly principalId: string; readonly userName: string | undefined }

/** @throws AwsError NoSuchEntity for a user that does not exist */
async function theKeysOwner(UserName: string | undefined, context: Context): Promise<KeysOwner> {
  const subject = subjectOf(UserName, context)
  if (subject.kind === 'root') return { principalId: context.account, userName: undefined }
  const { userId, userName } = await theUser(context, subject.userName)
  return { principalId: userId, userName }
}

/** A denial of a call that left UserName out prints `null` glued to the caller's name (recorded since 2018). */
async function onKeysOf(
  UserName: string | undefined,
  action: string,
  context: Context,
): Promise<Permission> {
  const subject = subjectOf(UserName, context)
  const permission = await onSubject(action, context, subject)
  return UserName === undefined && subject.kind === 'user'
    ? { ...permission, shownAs: `user null${subject.userName}` }
    : permission
}

async function checkAccessKeysQuota({ principalId }: KeysOwner, { account, db }: Context) {
  const { keys } = await db
    .selectFrom('accessKey')
    .select(eb => eb.fn.countAll<number>().as('keys'))
    .where('accountId', '=', account)
    .where('principalId', '=', principalId)
    .executeTakeFirstOrThrow()
  checkQuota('AccessKeysPerUser', keys, QUOTAS.AccessKeysPerUserQuota)
}

const keyNotFound = (accessKeyId: string) =>
  new AwsError('NoSuchEntity', `The Access Key with id ${accessKeyId} cannot be found.`)

/** What AWS answers for a key that does not exist, without a colon after "perform" (recorded 2026-02). */
const lastUsedDenied = (accessKeyId: string, { caller }: Context) =>
  new AwsError(
    'AccessDenied',
    `User: ${callerArn(caller)} is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key ${accessKeyId}`,
  )

type KeyWithOwner = NonNullable<Awaited<ReturnType<typeof findKeyWithOwner>>>

/** A key's last use and the user who owns it; no user owns root's. */
function findKeyWithOwner(accessKeyId: string, { account, db }: Context) {
  return db
    .selectFrom('accessKey')
    .leftJoin('user', join =>
      join
        .onRef('user.accountId', '=', 'accessKey.accountId')
        .onRef('user.userId', '=', 'accessKey.principalId'),
    )
    .select([
      'accessKey.principalId',
      'accessKey.lastUsedDate',
      'accessKey.lastUsedService',
      'accessKey.lastUsedRegion',
      'user.userName',
      'user.path',
    ])
    .where('accessKey.accountId', '=', account)
    .where('accessKey.accessKeyId', '=', accessKeyId)
    .executeTakeFirst()
}

async function ownerAsResource({ principalId, userName, path }: KeyWithOwner, context: Context) {
  if (userName === null || path === null) return { resource: rootArn(context.account) }
  return {
    resource: userArn(context.account, path, userName),
    resourceTags: await tagsOf(context, principalId),
  }
}
